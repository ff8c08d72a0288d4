/**
 * Names out of Halo's published API description ("Halo API v2", OpenAPI 3.0.1), for the paths that the pack uses:
 * methods, all query parameters of GET and DELETE, and the body fields of POST that are of interest here, not all of
 * the hundreds there are. A nested list's members stand as `list.member`. The description gives names and types only.
 */
export interface PathFacts {
	readonly methods: readonly string[];
	readonly query?: readonly string[];
	readonly body?: readonly string[];
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** By path below the resource server, `{id}` for a record's id. */
export const HALO_API_FACTS: Readonly<Record<string, PathFacts>> = {
	'/Tickets': {
		methods: ['GET', 'POST'],
		query: words(`
			advanced_search agent agent_id alerttype asset_id awaitinginput billableonly
			billing_date billing_type billingcontractid calendar_enddate calendar_startdate
			category_1 category_2 category_3 category_4 checkmyticketsonly client_id client_ids
			client_ref closed_only columns_id contract_id contract_period count datesearch debug
			default_columns deleted domain enddate enddatetime excludeslacalcs excludethese
			excludetickettypeallowall extraportalfilter facebook_id fetchgrandchildren flagged
			followedandagents ignoremilestonerestriction includeaccountmanager includeagent
			includeallopen includeappointmentid includeapproval includeassetkeyfield
			includeassettype includebreached includebudgettype includechildids includechildread
			includechildren includeclosed includecolumns includecompleted includecontract
			includecountryregion includefirstname includefollowedonly includehold
			includeinactivetechs includeinactiveusers includeitilname includelastaction
			includelastincomingemail includelastname includelastnote includelocked includemailbox
			includemailid includemyuseronly includenextactivitydate includenextappointmenttype
			includeparentsubject includeprojects includeread includerelatedservices includerelease1
			includerelease2 includerelease3 includeservicecategory includeslaactiondate
			includeslatimer includestatus includesubmittedonly includesupplier includetickettype
			includetimetaken includetoplevel includeviewing includeworkflowstage
			includeworkflowstagenumber includuserdepartments inlcludeopenchildcount invlucebranch
			ismilestone isorion isquicktimesearch isscom isteams iszapier itil_requesttype
			itil_requesttype_id kanbanviewontheagentapp kanbanviewontheportal lastupdatefromdate
			lastupdatetodate list_id milestone_id mine nochargeonly notime onlytime open_only order
			order2 order3 order4 order5 orderdesc orderdesc2 orderdesc3 orderdesc4 orderdesc5
			orion_type page_no page_size pageinate parent_id pending_review per_action
			prepayorcontractonly priority product project_ids ready_for_invoicing related_id
			release_id requesttype requesttype_id requesttypegroup search search_details search_id
			search_inventory_number search_oppcompanyname search_oppcontactname
			search_oppemailaddress search_release1 search_release2 search_release3
			search_releasenote search_reportedby search_summary search_supplier_reference
			search_user_name search_version searchactions searchthisticketid service_id
			showonroadmap site_id sitepostcode sla sprint_for_tickettype_id sprints startandendset
			startdate startdatetime status status_id submittedandagents supplier_id supplier_status
			team team_name ticketarea_id ticketcontract_id ticketidonly ticketids ticketlinktype
			toplevel_id unlinked_only user_id username utcoffset view_id withattachments
		`),
		body: words(`
			_dont_fire_automations _forcereassign _importtype _isimport _novalidate
			_prevent_outgoing _recover _validate_updates add_tags add_tags.text agent_id assets
			assets.id assets.inventory_number attachments attachments.data_base64
			attachments.filename category_1 category_2 category_3 category_4 categoryid_1
			categoryid_2 categoryid_3 categoryid_4 client_id client_reference closure_agent_id
			closure_note closure_note_html closure_time contract_id createacknowledgement
			createdfrom_id customfields customfields.id customfields.name customfields.value
			dateclosed dateoccurred deadlinedate details details_html donotapplytemplateintheapi
			dont_do_rules emailcclist id impact merged_into_id parent_id priority_id reportedby
			return_this sendack site_id sla_id source startdate status_id summary supplier_id
			supplier_reference tags tags.text targetdate team third_party_id_string thirdparty_url
			tickettype_id urgency user_email user_id user_name users_name
		`),
	},
	'/Tickets/{id}': {
		methods: ['GET', 'DELETE'],
		query: words(`
			amailentryid assignedto consignablelines debug dodatabaselookup email include_auditing
			includeagent includechildids includedetails includelastaction includelastappointment
			includelinkedobjects includenextappointment includeparentchangeinfo includeparentsubject
			includeseenby is_portal isdetailscreen ishalolink ispreview isteams nocache reason
			subject ticketidonly utcoffset
		`),
	},
	'/Actions': {
		methods: ['GET', 'POST'],
		query: words(`
			actoutcome actoutcomenum agentonly conversationonly count datesearch enddate
			excludebilling excludehiddenfrominternalit excludeprivate excludesys importantonly
			importanttop includeagentdetails includeattachments includefacebookfields
			includehtmlemail includehtmlnote includenonactionattachments includetranslations
			includetwitterfields intraticketonly ischildnotes isrelatednotes slaonly startdate
			supplieronly ticket_id timeentriesonly
		`),
		body: words(`
			_includeticketinresponse _prevent_outgoing action_isresponse actionarrivaldate
			actioncompletiondate attachments attachments.data_base64 attachments.filename
			customfields customfields.id customfields.name customfields.value dont_do_rules
			emailbody_html emailsubject emailtemplate_id emailto hiddenfromuser id important
			new_agent new_category1 new_impact new_priority new_sla_id new_status new_team
			new_urgency note note_html outcome outcome_id send_survey sendemail ticket_id timetaken
			who_agentid who_type
		`),
	},
	'/Actions/{id}': {
		methods: ['GET', 'DELETE'],
		query: words(`
			agentonly emailonly includedetails includeemail mostrecent nonsystem penultimate
			ticket_id
		`),
	},
	'/Client': {
		methods: ['GET', 'POST'],
		query: words(`
			accountmanageronly activeinactive advanced_search azureclients callplan columns_id count
			domain exclude_internal gficlients idonly includeactive includeazuretenants
			includecolumns includeinactive includeinvoicetemplatename includenotes includeqbofields
			integration_tenantids integration_type isjira issentinel isservicenow lastupdatefromdate
			lastupdatetodate order order2 order3 order4 order5 orderdesc orderdesc2 orderdesc3
			orderdesc4 orderdesc5 page_no page_size pageinate search search_name_only sentinelid
			showcounts sitefields snowaccountid snowclients ticketarea_id toplevel_id view_id
		`),
		body: words(`
			customfields customfields.id customfields.name customfields.value domain id inactive
			name newclient_contactemail newclient_contactname newclient_phonenumber
			newclient_sitename notes ref toplevel_id website
		`),
	},
	'/Client/{id}': {
		methods: ['GET', 'DELETE'],
		query: words(`
			domain getavailablerts includeactivity includedetails includeperiods includeprepay
			tickettype_id
		`),
	},
	'/Site': {
		methods: ['GET', 'POST'],
		query: words(`
			activeinactive advanced_search azuresites client_id contract_id count exclude_internal
			gfisites idonly includeactive includeaddress includeinactive includenonstocklocations
			includenoorderstockbin includenotes includestocklocations iscalendarfilter item_id_qty
			item_salesorder_id item_salesorder_line lastupdatefromdate lastupdatetodate order order2
			order3 order4 order5 orderdesc orderdesc2 orderdesc3 orderdesc4 orderdesc5
			override_enablestockbins page_no page_size pageinate search site_id sitefields
			stocklocation toplevel_id user_override
		`),
		body: words(`
			client_id customfields customfields.id customfields.name customfields.value id inactive
			name phonenumber ref
		`),
	},
	'/Site/{id}': {
		methods: ['GET', 'DELETE'],
		query: words(`
			client_override domain includeactivity includedetails issetup tickettype_id
		`),
	},
	'/Users': {
		methods: ['GET', 'POST'],
		query: words(`
			activeinactive advanced_search allapprovers approvers_only asset_id client_id
			contract_id count department_id exclude_agents exclude_defaultsiteusers
			exclude_generaluser idonly includeactive includebillinginfo includeinactive includename
			includenonserviceaccount includenotes includeserviceaccount integration_type is3cxcall
			is_followers lastupdatefromdate lastupdatetodate licence_id listagentuserfirst
			myallcustomers myarea mydepartment mysite mysitecontact mytoplevel opp_id order order2
			order3 order4 order5 orderdesc orderdesc2 orderdesc3 orderdesc4 orderdesc5
			organisation_id page_no page_size pageinate role search search_phonenumbers site_id
			supplier_id tickettype_id toplevel_id
		`),
		body: words(`
			client_id customfields customfields.id customfields.name customfields.value emailaddress
			firstname id inactive name phonenumber site_id surname
		`),
	},
	'/Users/{id}': {
		methods: ['GET', 'DELETE'],
		query: words(`
			client_id client_override domain includeactivity includebillinginfo includedetails
			includepopups includeusersassets issetup opp_id site_id site_override supplier_id
			tickettype_id username
		`),
	},
	'/Asset': {
		methods: ['GET', 'POST'],
		query: words(`
			activeinactive advanced_search assetgroup_id assetgroups assets assetstatuses assettype
			assettype_id assettypes bookmarked client_id columns_id consignable consignment_id
			contract_id contract_id_adding_to count domotzagents excludethese globalSearchID idonly
			includeactive includeallowedstatus includeassetfields includechildren includecolumns
			includeinactive includeservices includeuser integration_tenantids integration_type
			inventory_number islogonbehalfview item_id itemstock_id kb_id lastupdatefromdate
			lastupdatetodate licence_id linked_to_ticket linkedto_id mine mysite noicon order order2
			order3 order4 order5 orderdesc orderdesc2 orderdesc3 orderdesc4 orderdesc5 page_no
			page_size pageinate previously_selected previously_selected_client_id
			previously_selected_site_id previously_selected_user_id salesorder_id salesorder_line
			search search_inventory_number_only service_id service_ids site_id stockbin_id
			stockbin_ids supplier_contract_id supplier_id suppliercontracts ticket_id tickettype_id
			user_id username
		`),
		body: words(`
			_dontaddnewfields assettype_id customfields customfields.id customfields.name
			customfields.value fields fields.id fields.name fields.value id inactive
			inventory_number key_field site_id status_id
		`),
	},
	'/Asset/{id}': {
		methods: ['GET', 'DELETE'],
		query: words(`
			assettype_id includeactivity includeallowedstatus includedetails includediagramdetails
			includehierarchy
		`),
	},
	'/Agent': {
		methods: ['GET', 'POST'],
		query: words(`
			activeinactive appointmentscreen can_edit_only client_id clientidoverride department_id
			departments domain exchangecalendars excludeAgent forcequalmatch includeapiagents
			includedisabled includeenabled includenamedcount includeroles includestatus
			includeunassigned integration_type linemanagedonly linkingagents loadcache
			onlinestatuses qualifications reassign remoteagents remoteagenttype role search
			shiftagentsonly showall showcounts team team_id teams thisAgentOnly ticketarea_id
			tickettype_id view_id withemail
		`),
	},
	'/Agent/me': {
		methods: ['GET'],
	},
	'/TicketType': {
		methods: ['GET', 'POST'],
		query: words(`
			access_control_level anonanduser can_create_only can_edit_only canagentsselect
			canusercreate client_id domain group_id include_current include_mandatory_field_check
			isquicktimedropdown itil_type outcome_id searchtickets showall showcounts showinactive
			sprints_only ticketarea_id user_only view_id
		`),
	},
	'/TicketType/{id}': {
		methods: ['GET', 'DELETE'],
		query: words(`
			can_create_only can_edit_only debug includeconfig includedetails includekbinfo
			includeteamrestrictions isdetailscreen isnewticket survey_fields ticket_id
		`),
	},
	'/Status': {
		methods: ['GET', 'POST'],
		query: words(`
			domain excludeclosed excludepending outcome_id showall showcounts showquickchangeoptions
			split_closed ticket_id ticket_id_firstchild ticketarea_id tickettype_group_id
			tickettype_id tickettype_ids type view_id
		`),
	},
	'/Priority': {
		methods: ['GET', 'POST'],
		query: words(`
			includedistinct slaid
		`),
	},
	'/SLA': {
		methods: ['GET', 'POST'],
		query: words(`
			access_control_level isconfig showpriorities showworkdays
		`),
	},
	'/Team': {
		methods: ['GET', 'POST'],
		query: words(`
			can_edit_only chat_only department_id domain ids include_managers includeagentsforteams
			includedisabled includeenabled istree memberonly mydeps myteamsonly orderbyseq
			outcome_id showall showcounts ticketarea_id type view_id
		`),
	},
	'/Category': {
		methods: ['GET', 'POST'],
		query: words(`
			client_id service_id team_id team_name tickettype_id type_id
		`),
	},
	'/Lookup': {
		methods: ['GET', 'POST'],
		query: words(`
			access_control_level assettype_id client_id clientname contract_id country_code_id
			dbc_company_id domain exclude_nocharge exclude_nolinkedtypes exclude_zero iscustomfield
			istree lookupid ordervaluetype outcome_id showallcodes ticket_id unameaprestriction use
			use2
		`),
	},
	'/Outcome': {
		methods: ['GET', 'POST'],
		query: words(`
			access_control_level debug excludesystemactions quick_only showhidden showsystemactions
			slastate status supplier_id supplier_status tickettype_id workflow_id workflow_step
		`),
	},
	'/FieldInfo': {
		methods: ['GET', 'POST'],
		query: words(`
			access_control_level domain excluderanges excludetables excludetableself extratype
			fieldtype fieldtypemultiple includecategories includedatefields includejirafields
			includeremotefields includevalues inputtype isapprovalstep isconfig iscustomfieldsetup
			systemid typeid
		`),
	},
	'/Attachment': {
		methods: ['GET', 'POST'],
		query: words(`
			action_id domotzagents filetype idonly isxlsimport one_attachment_id order order2 order3
			order4 order5 orderdesc orderdesc2 orderdesc3 orderdesc4 orderdesc5 portal ticket_id
			token type unique_id
		`),
		body: words(`
			action_id data_base64 filename id note showforusers ticket_id
		`),
	},
	'/InstanceInfo': {
		methods: ['GET'],
	},
	'/AuthInfo': {
		methods: ['GET'],
	},
	'/Webhook': {
		methods: ['GET', 'POST'],
		query: words(`
			isazureautomation type
		`),
		body: words(`
			_test active algorithm authentication_header authentication_type basic_password
			basic_username batch_delay_seconds batch_limit batch_method content_type digest disabled
			id log_retention_policy_days method name note notify_on_failure payload_type
			signature_prefix type url
		`),
	},
	'/Webhook/{id}': {
		methods: ['GET', 'DELETE'],
		query: words(`
			includedetails
		`),
	},
	'/Notification': {
		methods: ['GET', 'POST'],
		query: words(`
			agent_id restrictto_agent_id role_id showall type webhook_id
		`),
		body: words(`
			agent_id conditions conditions.change_context conditions.fieldname conditions.tablename
			conditions.type conditions.value_string conditions.value_type delivery_method
			emailtemplate_id eventno filter_type id interval name restriction_type type
			useworkinghours webhook_id
		`),
	},
	'/Notification/{id}': {
		methods: ['GET', 'DELETE'],
		query: words(`
			includedetails
		`),
	},
	'/WebhookEvent': {
		methods: ['GET', 'POST'],
		query: words(`
			automation_id count idonly integrationmethod_id order order2 order3 order4 order5
			orderdesc orderdesc2 orderdesc3 orderdesc4 orderdesc5 page_no page_size pageinate
			webhook_id
		`),
		body: words(`
			entity_id id notification_id requestbody status webhook_id
		`),
	},
};

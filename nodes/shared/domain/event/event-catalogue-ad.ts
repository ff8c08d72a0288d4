import type { CatalogueEvent } from './event-catalogue-types';

const AD_EVENTS: ReadonlyArray<[code: string, label: string, mark: CatalogueEvent['mark']]> = [
	['ad.user.created', 'User Created (4720)', 'ours'],
	['ad.user.deleted', 'User Deleted (4726)', 'ours'],
	['ad.user.changed', 'User Changed (4738)', 'ours'],
	['ad.user.renamed', 'User Renamed (4781)', 'ours'],
	['ad.user.enabled', 'User Enabled (4722)', 'vendor'],
	['ad.user.disabled', 'User Disabled (4725)', 'vendor'],
	['ad.user.pw_change', 'Password Changed (4723)', 'ours'],
	['ad.user.pw_reset', 'Attempt to Reset an Account Password (4724)', 'vendor'],
	['ad.user.locked', 'User Locked (4740)', 'vendor'],
	['ad.user.unlocked', 'User Unlocked (4767)', 'ours'],
	['ad.group.member_added', 'Group Member Added (4728, 4732, 4756)', 'ours'],
	['ad.group.member_removed', 'Group Member Removed (4729, 4733, 4757)', 'ours'],
	['ad.group.created', 'Group Created (4727, 4731, 4754)', 'ours'],
	['ad.group.deleted', 'Security-Enabled Group Deleted (4730, 4734, 4758)', 'vendor'],
	['ad.group.changed', 'Group Modified (4735, 4737, 4755)', 'vendor'],
	['ad.computer.created', 'Computer Created (4741)', 'ours'],
	['ad.computer.changed', 'Computer Changed (4742)', 'ours'],
	['ad.computer.deleted', 'Computer Deleted (4743)', 'ours'],
	['ad.object.modified', 'Directory Object Modified (5136)', 'ours'],
	['ad.object.created', 'Directory Object Created (5137)', 'vendor'],
	['ad.object.undeleted', 'Directory Object Undeleted (5138)', 'ours'],
	['ad.object.moved', 'Directory Object Moved (5139)', 'ours'],
	['ad.object.deleted', 'Directory Object Deleted (5141)', 'ours'],
	['ad.logon.failed', 'Login Failure (4625)', 'vendor'],
	['ad.logon.success', 'Login Success (4624)', 'vendor'],
	['ad.logon.explicit', 'Logon With Explicit Credentials (4648)', 'vendor'],
	['ad.session.reconnected', 'Session Reconnected (4778)', 'vendor'],
	['ad.session.disconnected', 'Session Disconnected (4779)', 'vendor'],
	['ad.audit.cleared', 'Audit Log Cleared (1102)', 'ours'],
	['ad.audit.policy_changed', 'Audit Policy Changed (4719)', 'ours'],
];

/** Events of the Active Directory audit; in brackets the Windows event ids that an API row carries. */
export const AD_AUDIT_EVENTS: readonly CatalogueEvent[] = AD_EVENTS.map(([code, label, mark]) => ({
	code,
	label,
	mark,
}));

import type { CodeFamily } from './code-family';

/** Begins and ends of what is installed, by the stem of its codes. */
function installation(
	name: string,
	stem: string,
	words = { failed: 'INSTALL_FAILED', done: 'INSTALLED' },
): CodeFamily {
	return {
		name: `${name} installation`,
		category: 'Endpoint',
		event: 'software.failed',
		told: 'device',
		opens: [`${stem}_${words.failed}`],
		ends: [`${stem}_${words.done}`],
	};
}

function removal(
	name: string,
	stem: string,
	words = { failed: 'UNINSTALL_FAILED', done: 'UNINSTALLED' },
): CodeFamily {
	return { ...installation(name, stem, words), name: `${name} removal` };
}

/** A job of NinjaOne Backup that fails and, run again, completes. */
function backupJob(name: string, stem: string): CodeFamily {
	return {
		name,
		category: 'Endpoint',
		event: 'backup.failed',
		told: 'plan',
		opens: [`${stem}_FAILED`],
		ends: [`${stem}_COMPLETED`],
	};
}

/** Licences of the older backup products. */
function licence(name: string, stem: string): CodeFamily[] {
	const steps = [
		['PROVISION', 'PROVISIONED'],
		['ACTIVATION', 'ACTIVATED'],
		['DEACTIVATION', 'DEACTIVATED'],
	] as const;
	return steps.map(([failed, done]) => ({
		name: `${name} licence ${failed.toLowerCase()}`,
		category: 'Endpoint',
		event: 'software.failed',
		told: 'device',
		opens: [`${stem}_LICENSE_${failed}_FAILED`],
		ends: [`${stem}_LICENSE_${done}`],
	}));
}

const PATCHES: readonly CodeFamily[] = [
	{
		name: 'patch',
		category: 'Endpoint',
		event: 'patch.failed',
		opens: ['PATCH_MANAGEMENT_INSTALL_FAILED', 'PATCH_MANAGEMENT_FAILURE'],
		ends: ['PATCH_MANAGEMENT_INSTALLED'],
		told: 'object',
	},
	{
		name: 'software patch',
		category: 'Endpoint',
		event: 'patch.failed',
		opens: ['SOFTWARE_PATCH_MANAGEMENT_INSTALL_FAILED'],
		ends: ['SOFTWARE_PATCH_MANAGEMENT_INSTALLED'],
		told: 'object',
	},
];

const BACKUPS: readonly CodeFamily[] = [
	{
		...backupJob('backup job', 'NINJA_BACKUP_BACKUPJOB'),
		warns: ['NINJA_BACKUP_BACKUPJOB_COMPLETED_WITH_WARNING'],
	},
	backupJob('restore job', 'NINJA_BACKUP_RESTOREJOB'),
	backupJob('upsync job', 'NINJA_BACKUP_UPSYNCJOB'),
	backupJob('integrity check', 'NINJA_BACKUP_INTEGRITY_CHECK'),
	backupJob('image restore', 'NINJA_BACKUP_IMAGE_RESTORE'),
	backupJob('image download', 'NINJA_BACKUP_IMAGE_DOWNLOAD'),
	backupJob('image file download', 'NINJA_BACKUP_IMAGE_DOWNLOAD_FILE'),
	backupJob('image folder download', 'NINJA_BACKUP_IMAGE_DOWNLOAD_FOLDER'),
	backupJob('image mount', 'NINJA_BACKUP_IMAGE_MOUNT'),
	{
		...backupJob('backup plan', 'NINJA_BACKUP_BACKUPPLAN_CREATION'),
		ends: ['NINJA_BACKUP_BACKUPPLAN_ADDED'],
	},
	{ ...backupJob('backup configuration', 'NINJA_BACKUP_BACKUP_CONFIGURE'), ends: [] },
	{ ...backupJob('backup nas access', 'NINJA_BACKUP_BACKUP_NAS_ACCESS'), ends: [] },
	{
		...backupJob('cloudberry job', 'CLOUDBERRY_BACKUPJOB'),
		ends: ['CLOUDBERRY_BACKUPJOB_SUCCEEDED'],
		warns: ['CLOUDBERRY_BACKUPJOB_COMPLETED_WITH_WARNING'],
	},
	{
		...backupJob('cloudberry plan', 'CLOUDBERRY_BACKUPPLAN_CREATION'),
		ends: ['CLOUDBERRY_BACKUPPLAN_CREATED'],
	},
	{
		...backupJob('cloudberry network credential', 'CLOUDBERRY_NETWORK_CREDENTIAL_CREATION'),
		ends: ['CLOUDBERRY_NETWORK_CREDENTIAL_CREATED'],
	},
	{
		...backupJob('shadowprotect job', 'SHADOWPROTECT_BACKUPJOB'),
		opens: ['SHADOWPROTECT_BACKUPJOB_FAILED', 'SHADOWPROTECT_BACKUPJOB_ABORTED'],
		ends: [],
	},
	{ ...backupJob('imagemanager consolidation', 'IMAGEMANAGER_CONSOLIDATION'), ends: [] },
	{ ...backupJob('imagemanager verification', 'IMAGEMANAGER_VERIFICATION'), ends: [] },
];

const LONG = { failed: 'INSTALLATION_FAILED', done: 'INSTALLATION_SUCCEEDED' };

const SOFTWARE: readonly CodeFamily[] = [
	installation('vipre', 'VIPREAV'),
	removal('vipre', 'VIPREAV'),
	{ ...installation('webroot', 'WEBROOT'), ends: [] },
	installation('bitdefender', 'BITDEFENDER', LONG),
	removal('bitdefender', 'BITDEFENDER', {
		failed: 'UNINSTALLATION_FAILED',
		done: 'UNINSTALLATION_SUCCEEDED',
	}),
	installation('bitdefender download', 'BITDEFENDER', {
		failed: 'DOWNLOAD_FAILED',
		done: 'DOWNLOAD_SUCCEEDED',
	}),
	{
		...installation('bitdefender unpacking', 'BITDEFENDER'),
		opens: ['BITDEFENDER_UNPACKING_FAILED'],
		ends: [],
	},
	installation('gravityzone', 'GRAVITYZONE', LONG),
	{
		...installation('gravityzone download', 'GRAVITYZONE'),
		opens: ['GRAVITYZONE_DOWNLOAD_FAILED'],
		ends: [],
	},
	installation('gravityzone provision', 'GRAVITYZONE', {
		failed: 'PROVISION_FAILED',
		done: 'PROVISION_COMPLETED',
	}),
	installation('sentinelone', 'SENTINEL_ONE_AGENT', LONG),
	installation('crowdstrike', 'CROWDSTRIKE_SENSOR', LONG),
	installation('teamviewer', 'TEAMVIEWER'),
	removal('teamviewer', 'TEAMVIEWER'),
	installation('shadowprotect', 'SHADOWPROTECT'),
	removal('shadowprotect', 'SHADOWPROTECT'),
	installation('imagemanager', 'IMAGEMANAGER'),
	removal('imagemanager', 'IMAGEMANAGER'),
	installation('cloudberry', 'CLOUDBERRY'),
	removal('cloudberry', 'CLOUDBERRY'),
	installation('ninja backup', 'NINJA_BACKUP'),
	removal('ninja backup', 'NINJA_BACKUP'),
	...licence('shadowprotect', 'SHADOWPROTECT'),
	...licence('imagemanager', 'IMAGEMANAGER'),
];

/** Faults of NinjaOne itself and of what it is connected to, and a user who asks for help. */
const OTHERS: readonly CodeFamily[] = [
	...(
		[
			['psa ticket', ['PSA_TICKET_CREATION_FAILED'], ['PSA_TICKET_CREATION_SUCCEEDED']],
			['psa update', ['PSA_TICKET_UPDATED_FAILED'], ['PSA_TICKET_UPDATED_SUCCEEDED']],
			['psa credentials', ['PSA_CREDENTIALS_FAILED'], []],
			['psa attachment', ['AUTOTASK_ATTACHMENT_FAILURE'], []],
			['servicenow sync', ['SERVICE_NOW_NODE_SYNC_NODE_ERROR'], []],
			['ninja ticket', ['NINJA_TICKETING_CREATION_FAILED'], []],
			['smtp', ['SMTP_SEND_ERROR'], []],
			['cloned device', ['NODE_CLONING_DETECTED', 'NODE_CLONE_ADVISED_TO_REGISTER'], []],
		] as const
	).map(([name, opens, ends]) => ({
		name,
		category: 'Monitor' as const,
		event: 'monitor.triggered',
		told: 'device' as const,
		opens,
		ends,
	})),
	{
		name: 'mdm action',
		category: 'Endpoint',
		event: 'software.failed',
		opens: ['MDM_ACTION_DEVICE_STATUS_FAILED'],
		ends: [],
		told: 'object',
	},
	{
		name: 'help request',
		category: 'Endpoint',
		event: 'help.requested',
		opens: ['HELP_REQUEST_SUBMITTED'],
		ends: [],
		told: 'object',
	},
];

/** Codes of patches, backups, installations, and of NinjaOne itself. */
export const JOB_CODES: readonly CodeFamily[] = [...PATCHES, ...BACKUPS, ...SOFTWARE, ...OTHERS];

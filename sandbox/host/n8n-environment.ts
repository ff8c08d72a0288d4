/** Who may log in to the editor. */
export interface N8nOwner {
	email: string;
	password: string;
}

/** Where n8n keeps its data: a file in its user folder, or a PostgreSQL database that exists. */
export type N8nDatabase =
	| { kind: 'sqlite' }
	| {
			kind: 'postgres';
			host: string;
			port: number;
			user: string;
			password: string;
			database: string;
	  };

/** Executions in the main process, or handed to workers by Redis. `prefix` keeps two installations apart. */
export type N8nMode =
	| { kind: 'regular' }
	| { kind: 'queue'; redisHost: string; redisPort: number; prefix: string };

export interface N8nSettings {
	userFolder: string;
	port: number;
	brokerPort: number;
	/** Where a worker says that it is ready; null for a process that has an editor for that. */
	healthPort: number | null;
	encryptionKey: string;
	owner: { email: string; passwordHash: string };
	database: N8nDatabase;
	mode: N8nMode;
	/** Whether the editor is served beside its API. */
	editor: boolean;
	/** Set last, so that a test may override anything. */
	extra: Record<string, string>;
}

/** All that n8n inherits: what it needs of the system and how a Halo behind a proxy is reached. */
const INHERITED =
	/^(PATH|HOME|USER|LOGNAME|LANG|LC_.*|TMPDIR|TMP|TEMP|SystemRoot|windir|APPDATA|LOCALAPPDATA|USERPROFILE|https?_proxy|all_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|SSL_CERT_DIR)$/i;

function databaseVariables(database: N8nDatabase): Record<string, string> {
	if (database.kind === 'sqlite') return { DB_TYPE: 'sqlite' };
	return {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: database.host,
		DB_POSTGRESDB_PORT: String(database.port),
		DB_POSTGRESDB_USER: database.user,
		DB_POSTGRESDB_PASSWORD: database.password,
		DB_POSTGRESDB_DATABASE: database.database,
		// n8n's own 2 connections make a burst of webhooks wait for each other until they time out.
		DB_POSTGRESDB_POOL_SIZE: '10',
		// n8n's 20 s are short for a machine that starts three processes at once.
		DB_POSTGRESDB_CONNECTION_TIMEOUT: '60000',
	};
}

function modeVariables(mode: N8nMode): Record<string, string> {
	if (mode.kind === 'regular') return { EXECUTIONS_MODE: 'regular' };
	return {
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: mode.redisHost,
		QUEUE_BULL_REDIS_PORT: String(mode.redisPort),
		QUEUE_BULL_PREFIX: mode.prefix,
		// Without it, installations on one Redis hear each other's commands.
		N8N_REDIS_KEY_PREFIX: mode.prefix,
	};
}

function healthVariables(port: number | null): Record<string, string> {
	if (port === null) return {};
	return { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(port) };
}

/** The whole environment of an n8n process that talks to nobody but us. */
export function n8nEnvironment(settings: N8nSettings): NodeJS.ProcessEnv {
	const inherited = Object.fromEntries(
		Object.entries(process.env).filter(([name]) => INHERITED.test(name)),
	);
	return {
		...inherited,
		NODE_ENV: 'production',
		NO_PROXY: '127.0.0.1,localhost',
		N8N_USER_FOLDER: settings.userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(settings.port),
		N8N_RUNNERS_BROKER_PORT: String(settings.brokerPort),
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${settings.port}`,
		N8N_WEBHOOK_URL: `http://127.0.0.1:${settings.port}/`,
		N8N_ENCRYPTION_KEY: settings.encryptionKey,
		N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
		N8N_INSTANCE_OWNER_EMAIL: settings.owner.email,
		N8N_INSTANCE_OWNER_PASSWORD_HASH: settings.owner.passwordHash,
		N8N_INSTANCE_OWNER_FIRST_NAME: 'Sandbox',
		N8N_INSTANCE_OWNER_LAST_NAME: 'Owner',
		// A cookie marked secure does not come back over plain http.
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_DIAGNOSTICS_CONFIG_FRONTEND: '',
		N8N_DIAGNOSTICS_CONFIG_BACKEND: '',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		// It asks n8n's servers for a list at every start.
		N8N_DISABLED_MODULES: 'mcp-registry',
		N8N_DISABLE_UI: String(!settings.editor),
		N8N_LOG_LEVEL: 'info',
		GENERIC_TIMEZONE: 'UTC',
		...databaseVariables(settings.database),
		...modeVariables(settings.mode),
		...healthVariables(settings.healthPort),
		...settings.extra,
	};
}

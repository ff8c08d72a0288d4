const common = {
	testEnvironment: 'node',
	rootDir: __dirname,
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	setupFiles: ['<rootDir>/test/support/loopback-only.cjs'],
	moduleFileExtensions: ['ts', 'js', 'json'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/sandbox/.run/'],
};

module.exports = {
	projects: [
		{
			...common,
			displayName: 'unit',
			testMatch: [
				'<rootDir>/test/domain/**/*.test.ts',
				'<rootDir>/test/halo/**/*.test.ts',
				'<rootDir>/test/n8n/**/*.test.ts',
				'<rootDir>/test/contract/**/*.test.ts',
				'<rootDir>/test/package/**/*.test.ts',
			],
		},
		{
			...common,
			displayName: 'engine',
			testMatch: ['<rootDir>/test/nodes/**/*.test.ts'],
		},
		{
			...common,
			displayName: 'e2e',
			testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
		},
	],
	testSequencer: '<rootDir>/test/longest-first.cjs',
	// The e2e tests start n8n and a browser; a single unit test never needs this long.
	testTimeout: 60_000,
};

/**
 * Loaded before every test file: a connection to anything but this machine fails the test that opened it, by name.
 * nock's own guard does the same, but takes a fifth more time of every request that is let through.
 */
const { Socket, isIP } = require('node:net');

const GUARDED = Symbol.for('n8n-nodes-halopsa-bridge.loopback-only');

/** Where a connection goes, of the ways to call `connect`; null = a socket of the file system. */
function targetOf([options, host]) {
	if (Array.isArray(options)) return targetOf(options);
	if (typeof options === 'string') return null;
	if (typeof options === 'number') return typeof host === 'string' ? host : 'localhost';
	if (options.path) return null;
	return options.host ?? 'localhost';
}

function isLoopback(host) {
	const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
	if (isIP(bare) === 0) return bare === 'localhost' || bare.endsWith('.localhost');
	return bare === '::1' || /^(::ffff:)?127\./.test(bare);
}

if (!Socket.prototype[GUARDED]) {
	const connect = Socket.prototype.connect;
	Socket.prototype[GUARDED] = true;
	Socket.prototype.connect = function (...parameters) {
		const host = targetOf(parameters);
		if (host === null || isLoopback(host)) return connect.apply(this, parameters);
		const refusal = new Error(`A test may only talk to this machine, not to ${host}`);
		process.nextTick(() => this.destroy(refusal));
		return this;
	};
}

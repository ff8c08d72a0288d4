const { rmSync } = require('node:fs');
const { dest, parallel, src } = require('gulp');

// gulp 5 decodes files as UTF-8 unless told not to, which would break a PNG icon.
const binary = { encoding: false };

function clean(done) {
	rmSync('dist', { recursive: true, force: true });
	done();
}

/** Icons, beside the compiled nodes that name them by a relative path. */
function icons() {
	return src('nodes/**/*.{svg,png}', binary).pipe(dest('dist/nodes'));
}

/** Output schemas, which the editor reads from the folder of the compiled node. */
function schemas() {
	return src('nodes/**/__schema__/**/*.json', binary).pipe(dest('dist/nodes'));
}

exports.clean = clean;
exports.icons = icons;
exports.build = parallel(icons, schemas);
exports.default = exports.build;

import {
	findTables,
	refuseLookAlikes,
	TableError,
} from '../../../nodes/shared/domain/inbox/tables';

const LISTED = [
	{ id: 'a1', name: 'halo_inbox' },
	{ id: 'a2', name: 'halo_inbox_old' },
	{ id: 'a3', name: 'halo_errors' },
	{ id: 'a4', name: 'Halo_Errors of last year' },
];

function stepOf(run: () => unknown): [string, string] {
	try {
		run();
	} catch (error) {
		if (error instanceof TableError) return [error.message, error.nextStep];
		throw error;
	}
	throw new Error('nothing was refused');
}

test('a table is found by its exact name, and not by a part of one', () => {
	expect(findTables(LISTED, ['halo_errors', 'halo_inbox'])).toEqual({
		halo_errors: 'a3',
		halo_inbox: 'a1',
	});
});

test('none of that name, and two of it, are errors that say what to do', () => {
	expect(stepOf(() => findTables(LISTED, ['halo']))).toEqual([
		'There is no Data Table called halo',
		'Run the workflow "Halo Bridge: setup" once, then try again.',
	]);
	const twice = [...LISTED, { id: 'a5', name: 'halo_inbox' }];
	expect(stepOf(() => findTables(twice, ['halo_inbox']))).toEqual([
		'2 Data Tables are called halo_inbox',
		'Rename or delete all but one under Data tables.',
	]);
});

test('a table that n8n could take for a named one is refused by its name, whatever its letter case', () => {
	expect(stepOf(() => refuseLookAlikes(LISTED, ['halo_inbox']))[0]).toContain('halo_inbox_old');
	expect(stepOf(() => refuseLookAlikes(LISTED, ['halo_errors']))[1]).toContain(
		'Rename Halo_Errors of last year',
	);
	expect(() => refuseLookAlikes(LISTED.slice(0, 1), ['halo_inbox'])).not.toThrow();
});

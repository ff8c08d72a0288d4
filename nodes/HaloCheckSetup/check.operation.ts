import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { checkPage } from '../shared/domain/pages/check-page';
import { CHECK_USES } from '../shared/halo/check/scopes';
import type { CheckUse } from '../shared/halo/check/scopes';
import { checkSetup } from '../shared/halo/check/set-up';
import { readSigningKeys, SigningKeyError } from '../shared/halo/sign-in/signing-keys';
import { readFields } from '../shared/halo/sign-in/token';
import { toErrorItem, toNodeError } from '../shared/n8n/errors';
import { readHaloCredential } from '../shared/n8n/halo-credential';
import { ParameterError } from '../shared/n8n/parameters';
import { withFailurePage } from './failed-page';
import { createCheckHttp } from './http';
import { readNoteOutcome } from './read-note-outcome';
import { readCheckProfiles } from './read-profiles';

function isUse(value: unknown): value is CheckUse {
	return CHECK_USES.some((use) => use === value);
}

function readUses(context: IExecuteFunctions): CheckUse[] {
	const value: unknown = context.getNodeParameter('usedFor', 0, ['tickets', 'assets']);
	const list: unknown[] = Array.isArray(value) ? value : String(value).split(/[\s,]+/);
	const unknown = list.find((use) => use !== '' && !isUse(use));
	if (unknown !== undefined)
		throw new ParameterError('usedFor', `of ${CHECK_USES.join(', ')}`, unknown);
	return list.filter(isUse);
}

/** The signing key, or why it cannot be used: the check says so in a line of its own. */
async function signingKeyOf(
	credential: Record<string, unknown>,
): Promise<string | SigningKeyError> {
	try {
		return readSigningKeys(credential).current;
	} catch (error) {
		return error instanceof SigningKeyError ? error : await Promise.reject(error);
	}
}

/** Checks the set-up once per run, however many items come in: one item per line, and the summary. */
export async function checkSetUp(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	try {
		const credential = await readHaloCredential(context, 0);
		const { profiles, faults } = readCheckProfiles(context);
		const question = {
			fields: readFields(credential),
			signingKey: await signingKeyOf(credential),
			uses: readUses(context),
			profiles,
			profileFaults: faults,
			noteOutcomeId: readNoteOutcome(context),
		};
		const { lines, summary } = await checkSetup(createCheckHttp(context), question, () =>
			Date.now(),
		);
		const pairedItem = { item: 0 };
		return [
			lines.map((line, index) => ({ json: { number: index + 1, ...line }, pairedItem })),
			[{ json: { ...summary, page: checkPage(lines, summary) }, pairedItem }],
		];
	} catch (error) {
		if (!context.continueOnFail()) throw toNodeError(error, context.getNode());
		const failed = toErrorItem(error, context.getNode(), 0);
		// A page hangs on the summary: it must learn that there is none.
		return [[failed], [withFailurePage(failed, context.getNode())]];
	}
}

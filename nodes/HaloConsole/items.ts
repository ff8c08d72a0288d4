import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

/** Items about the one call that the run is for. */
export function about(rows: readonly object[]): INodeExecutionData[] {
	return rows.map((row) => {
		const json: IDataObject = {};
		Object.assign(json, row);
		return { json, pairedItem: { item: 0 } };
	});
}

import type { SourceContext } from '../../../nodes/shared/domain/sources/common/source';

/** A context with the defaults of the nodes, at a fixed time. */
export function contextFor(changes: Partial<SourceContext> = {}): SourceContext {
	return {
		receivedAt: '2026-05-04T10:00:00.000Z',
		deliveryId: null,
		integration: 'default',
		namedSources: [],
		mostRecords: null,
		company: { from: 'payload', path: null },
		severityPrecedence: 'word',
		zone: 'utc',
		keepRaw: false,
		...changes,
	};
}

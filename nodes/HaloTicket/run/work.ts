import type { IntegrationProfile } from '../../shared/domain/profile/profile';
import type { Desired, Subject } from '../../shared/domain/ticket/plan/types';
import type { EventItem } from '../read/input';

/** An event whose profile was chosen, before Halo was asked anything. */
export interface Chosen {
	item: EventItem;
	want: Desired['want'];
	profile: IntegrationProfile;
}

/** An event with what it wants, ready to be planned. */
export interface Work {
	index: number;
	item: EventItem;
	event: EventItem['event'];
	desired: Desired;
}

/** A ticket to make true, and the works that it answers; the first one stands for them. */
export interface Task {
	subject: Subject;
	works: readonly [Work, ...Work[]];
}

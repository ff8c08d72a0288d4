import { runApproval, waitingQuestion } from './support';

const WHERE = {
	formPath: 'halo-elevation-decide',
	resumeUrl: 'https://n8n.example/webhook-waiting/1?signature=ab12',
};

describe('Word Question', () => {
	it('makes the link for the very ticket, and the note that holds it', async () => {
		const { error, json } = await runApproval('word', [[waitingQuestion()]], WHERE);
		expect(error).toBeNull();
		const [question] = json[0] ?? [];
		expect(question).toMatchObject({ ticketId: 1002, requestId: 'er-1' });
		expect(question?.formUrl).toMatch(/\/form\/halo-elevation-decide\?execution=1&.*&ticket=1002$/);
		expect(question?.note).toContain(String(question?.formUrl));
	});

	it('refuses two requests in one run: a decision about one could reach the other', async () => {
		const two = [waitingQuestion(), waitingQuestion({ ticketId: 1003 })];
		const { error } = await runApproval('word', [two], WHERE);
		expect(error?.message).toBe('A run is about one request; 2 came');
	});

	it('refuses what is no question', async () => {
		const { error } = await runApproval('word', [[{}]], WHERE);
		expect(error?.message).toContain('expiresAt: expected a time');
	});

	it('names the field that holds no path', async () => {
		const { error } = await runApproval('word', [[waitingQuestion()]], { ...WHERE, formPath: ' ' });
		expect(error?.message).toContain('"Form Path" needs the path of a Form Trigger');
	});
});

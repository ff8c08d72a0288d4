import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import type { CredentialFile } from '../../sandbox/host';

/** One mail as it was handed over: the envelope's addresses, the subject, the text. */
export interface Mail {
	from: string;
	to: string;
	subject: string;
	text: string;
}

/** A mail server (SMTP) that keeps what it is given. */
export interface Mailbox {
	readonly port: number;
	readonly mails: Mail[];
	/** From now on: whether mails are taken, or refused with 451. */
	takes(mails: boolean): void;
	stop(): Promise<void>;
}

function readMail(envelope: { from: string; to: string }, lines: string[]): Mail {
	const split = lines.indexOf('');
	const head = lines.slice(0, split).join('\n').replace(/\n\s+/g, ' ');
	const text = lines.slice(split + 1).join('\n');
	return { ...envelope, subject: /^Subject: (.*)$/im.exec(head)?.[1] ?? '', text: unfolded(text) };
}

/** Quoted-printable, as far as plain English text needs it: soft line ends and `=3D`. */
function unfolded(text: string): string {
	return text.replaceAll('=\n', '').replaceAll('=3D', '=');
}

/** Starts a mailbox on a free port of this machine; it speaks what a mail client needs to hand a mail over. */
export async function startMailbox(): Promise<Mailbox> {
	const mails: Mail[] = [];
	let taking = true;
	const server = createServer((socket) => {
		let buffer = '';
		let data: string[] | null = null;
		let envelope = { from: '', to: '' };
		const answer = (line: string) => socket.write(`${line}\r\n`);
		const command = (line: string) => {
			const address = /<(.*)>/.exec(line)?.[1] ?? '';
			if (/^QUIT/i.test(line)) {
				socket.end('221 bye\r\n');
				return;
			}
			if (/^MAIL/i.test(line)) {
				if (!taking) {
					answer('451 not now');
					return;
				}
				envelope = { from: address, to: '' };
			}
			if (/^RCPT/i.test(line)) envelope.to = address;
			if (/^DATA/i.test(line)) data = [];
			answer(data === null ? '250 ok' : '354 go on');
		};
		answer('220 mailbox');
		socket.on('error', () => socket.destroy());
		socket.on('data', (chunk) => {
			buffer += chunk.toString('utf8');
			for (let end = buffer.indexOf('\r\n'); end !== -1; end = buffer.indexOf('\r\n')) {
				const line = buffer.slice(0, end);
				buffer = buffer.slice(end + 2);
				if (data === null) command(line);
				else if (line !== '.') data.push(line);
				else {
					mails.push(readMail(envelope, data));
					data = null;
					answer('250 kept');
				}
			}
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		mails,
		takes: (yes) => {
			taking = yes;
		},
		stop: async () => await new Promise<void>((resolve) => server.close(() => resolve())),
	};
}

/** The SMTP credential that the template notices names, for a mailbox. */
export function smtpCredential({ port }: Mailbox): CredentialFile {
	return {
		name: 'Notices SMTP',
		type: 'smtp',
		data: { user: '', password: '', host: '127.0.0.1', port, secure: false, disableStartTls: true },
	};
}

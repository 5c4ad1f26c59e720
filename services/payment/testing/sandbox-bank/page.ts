import { escapeHtml } from '../../../shared/kernel/html';
import { formatMoney } from '../../../shared/kernel/money';
import { bankReferenceOf, type BookedTransfer } from './book';
import type { FormFields } from './form';
import type { BookedReturn } from './returns';
import { switchesForm } from './switches-form';

/** Path of the style sheet: the content security policy refuses inline styles. */
export const STYLE_PATH = '/book.css';

/** Notices that the page shows after a form was sent, by their name in the address. */
export const notices: Readonly<Record<string, string>> = {
  switched: 'The switches are set. They hold from the next request on.',
  off: 'All switches are off: the bank works.',
  returned: 'The payment was sent back. Payment learns of it within seconds.',
};

/** What the page shows. */
export interface BookPage {
  transfers: readonly BookedTransfer[];
  returns: ReadonlyMap<string, BookedReturn>;
  /** Fields of the switches, or of a form that was refused. */
  fields: FormFields;
  faults: readonly string[];
  notice: string | null;
  /** Page of the letters that the product sent; null without one. */
  lettersUrl: string | null;
}

/** Renders the switches and the newest lines of the book as an HTML page. */
export function bookPage(page: BookPage): string {
  const { transfers, returns, fields, faults, notice, lettersUrl } = page;
  const letters =
    lettersUrl === null ? '' : `<a href="${escapeHtml(lettersUrl)}">Letters that were sent</a>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${faults.length > 0 ? 'Not set - ' : ''}Sandbox bank</title>
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<a class="skip" href="#book">To the book</a>
<header>
<h1>Sandbox bank</h1>
<p>It stands in for the bank, and does what no bank should. Nothing here moves real money.</p>
<nav aria-label="Pages"><a href="#switches">Switches</a> <a href="#book">Book</a> ${letters}</nav>
</header>
<main>
${notice === null ? '' : `<p role="status" class="notice">${escapeHtml(notice)}</p>`}
${faultList(faults)}
${switchesForm(fields)}
${book(transfers, returns)}
</main>
</body>
</html>
`;
}

function faultList(faults: readonly string[]): string {
  if (faults.length === 0) return '';
  const items = faults.map((fault) => `<li>${escapeHtml(fault)}</li>`).join('');
  return `<div role="alert" class="faults"><p>Nothing was switched:</p><ul>${items}</ul></div>`;
}

const HEADS = ['Number', 'Booked', 'To account', 'Amount', 'State', 'Reference', 'Send back'];

function book(
  transfers: readonly BookedTransfer[],
  returns: ReadonlyMap<string, BookedReturn>,
): string {
  const heads = HEADS.map((head) => `<th scope="col">${head}</th>`).join('');
  const lines = transfers.flatMap((transfer) => {
    const returned = returns.get(transfer.reference) ?? null;
    return [...(returned ? [returnLine(returned)] : []), transferLine(transfer, returned !== null)];
  });
  const table = `<div class="scroll"><table><tr>${heads}</tr>${lines.join('')}</table></div>`;
  const empty = '<p>No order has arrived yet. Close a business day, and payouts come here.</p>';
  return `<section id="book" aria-labelledby="book-title" tabindex="-1">
<h2 id="book-title">Book</h2>
<p>Newest first; a reference is executed once, and a line never changes.</p>
${lines.length === 0 ? empty : table}
</section>`;
}

function cells(texts: readonly string[], last: string): string {
  return [...texts.map(escapeHtml), last].map((cell) => `<td>${cell}</td>`).join('');
}

function transferLine(transfer: BookedTransfer, isReturned: boolean): string {
  const { bookedAt, account, amount, currency, status, reason, reference } = transfer;
  const texts = [
    bankReferenceOf(transfer),
    bookedAt.toISOString(),
    account,
    formatMoney(BigInt(amount), currency),
    reason === null ? status : `${status}: ${reason}`,
    reference,
  ];
  const mayReturn = status === 'executed' && !isReturned;
  return `<tr>${cells(texts, mayReturn ? returnForm(transfer) : '')}</tr>\n`;
}

function returnLine(line: BookedReturn): string {
  const { transferPosition, returnedAt, account, amount, currency, reason, reference } = line;
  const texts = [
    `return of ${bankReferenceOf({ position: transferPosition })}`,
    returnedAt.toISOString(),
    account,
    formatMoney(-BigInt(amount), currency),
    `returned: ${reason}`,
    reference,
  ];
  return `<tr class="return">${cells(texts, '')}</tr>\n`;
}

function returnForm(transfer: BookedTransfer): string {
  const number = bankReferenceOf(transfer);
  const id = `reason-${transfer.position}`;
  return `<details><summary>Send back<span class="hidden"> ${number}</span></summary>
<form method="post" action="/page/returns">
<input type="hidden" name="reference" value="${escapeHtml(transfer.reference)}">
<label for="${id}">Reason</label>
<input id="${id}" name="reason" required maxlength="200" value="account closed">
<button>Send all of it back</button>
</form></details>`;
}

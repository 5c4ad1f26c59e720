import { escapeHtml } from '../../../shared/kernel/html';
import { formatMoney } from '../../../shared/kernel/money';
import { bankReferenceOf, type BookedTransfer } from './book';

function line(transfer: BookedTransfer): string {
  const { bookedAt, account, amount, currency, status, reason, reference } = transfer;
  const cells = [
    bankReferenceOf(transfer),
    bookedAt.toISOString(),
    account,
    formatMoney(BigInt(amount), currency),
    reason === null ? status : `${status}: ${reason}`,
    reference,
  ];
  return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`;
}

/** Path of the style sheet: the content security policy refuses inline styles. */
export const STYLE_PATH = '/book.css';

export const BOOK_STYLE = `
body { font: 15px/1.4 system-ui, sans-serif; margin: 2rem }
table { border-collapse: collapse }
th, td { border-bottom: 1px solid #ccc; padding: .3rem .8rem; text-align: left }
`;

/** Renders the newest lines of the book as an HTML page. */
export function bookPage(transfers: readonly BookedTransfer[]): string {
  const heads = ['Number', 'Booked', 'To account', 'Amount', 'State', 'Reference'];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Sandbox bank</title>
<link rel="stylesheet" href="${STYLE_PATH}">
<h1>Sandbox bank</h1>
<p>Newest first. Trouble is made at <code>PUT /switches</code>.</p>
<table>
<tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr>
${transfers.map(line).join('\n')}
</table>
</html>
`;
}

import { escapeHtml } from '../../../shared/kernel/html';
import type { FormFields } from './form';

/** Renders every switch as a control, with what it does. */
export function switchesForm(fields: FormFields): string {
  return `<section id="switches" aria-labelledby="switches-title">
<h2 id="switches-title">Switches</h2>
<p>Each holds until it is switched off, or as often as its number says. Programs use
<code>PUT /switches</code>.</p>
<form method="post" action="/page/switches">
<div class="grid">
${fieldset(
  'Refuse',
  lines(fields, 'rejectAccounts', 'Account numbers, one per line'),
  'Orders to these numbers are refused for certain: the payout fails, and its payee gets a letter.',
)}
${fieldset(
  'Send back',
  lines(fields, 'returnAccounts', 'Account numbers, one per line'),
  'Orders to these numbers are executed, and their money comes back at once.',
)}
${fieldset(
  'Slow',
  number(fields, 'delayMs', 'Milliseconds before each answer', 'min="0" max="60000" required'),
  'Above 4000 the payout stays in progress, and the outcome is asked for later.',
)}
${fieldset(
  'Down',
  number(fields, 'failWith', 'HTTP status of each answer, empty: works', 'min="400" max="599"') +
    times(fields, 'failTimes'),
  '503 and 429 are troubles that pass; 400 makes no sense, and is flagged.',
)}
${fieldset(
  'Lost answer',
  loseAnswer(fields) + times(fields, 'loseTimes'),
  'The connection breaks. Payment asks by reference, and money never moves twice.',
)}
${fieldset(
  'Wrong amount',
  box(fields, 'wrongAmount', 'Name one cent more in each answer') +
    times(fields, 'wrongAmountTimes'),
  'Executes the right amount. The contradiction is flagged, and needs a person.',
)}
${fieldset(
  'HTML',
  box(fields, 'html', 'Answer a page instead of JSON') + times(fields, 'htmlTimes'),
  'As a proxy in front of a bank does. Such an answer proves nothing, and is flagged.',
)}
</div>
<p class="buttons"><button>Set the switches</button></p>
</form>
<form method="post" action="/page/switches/off"><button>Switch everything off</button></form>
</section>`;
}

function fieldset(legend: string, controls: string, hint: string): string {
  return `<fieldset><legend>${legend}</legend>${controls}<p class="hint">${hint}</p></fieldset>`;
}

function valueOf(fields: FormFields, name: string): string {
  return escapeHtml(fields[name] ?? '');
}

function lines(fields: FormFields, name: string, label: string): string {
  const value = valueOf(fields, name);
  return `<label for="${name}">${label}</label>
<textarea id="${name}" name="${name}" rows="3" spellcheck="false">${value}</textarea>`;
}

function number(fields: FormFields, name: string, label: string, limits: string): string {
  const value = valueOf(fields, name);
  return `<label for="${name}">${label}</label>
<input type="number" id="${name}" name="${name}" step="1" value="${value}" ${limits}>`;
}

function times(fields: FormFields, name: string): string {
  return number(fields, name, 'How often, empty: always', 'min="0"');
}

function box(fields: FormFields, name: string, label: string): string {
  const checked = fields[name] === 'on' ? ' checked' : '';
  return `<label class="choice"><input type="checkbox" name="${name}" value="on"${checked}>
${label}</label>`;
}

const LOSSES = [
  ['no', 'Answers arrive'],
  ['not-done', 'Lost before the order is executed'],
  ['done', 'Lost after the order is executed'],
] as const;

function loseAnswer(fields: FormFields): string {
  return LOSSES.map(([value, label]) => {
    const checked = fields['loseAnswer'] === value ? ' checked' : '';
    return `<label class="choice"><input type="radio" name="loseAnswer" value="${value}"${checked}>
${label}</label>`;
  }).join('\n');
}

import { fireEvent, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { someAdmin, someFormula } from '../../../test/admin-factories';
import { usd } from '../../../test/factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import { expectAway, expectError, expectForbidden, inRussian, refuse } from '../../../test/states';
import { viewerZone, cityOf } from '../../lib/time';
import { PricesPage } from './prices-page';
import { formulaInForce, stateOf, type PriceFormula } from './queries';

const page = { user: someAdmin(), at: '/prices', texts: ['prices'] as const };
const first = someFormula();
const planned = someFormula({
  version: 2,
  validFrom: '2999-01-02T06:00:00.000Z',
  priceMin: usd(2_500),
  priceMax: usd(5_000),
});

function answer(items: PriceFormula[]): void {
  server.use(
    http.get('/api/v1/price-formulas', ({ response }) => response(200).json({ items, next: null })),
  );
}

it('the formula in force is said in words, and later versions with their start', async () => {
  answer([planned, first]);
  await show(<PricesPage />, page);
  expect(await screen.findByRole('heading', { level: 2 })).toHaveTextContent(
    'In force: from the beginning',
  );
  const words = 'Price $20.00–$40.00; fee 50% → $10.00–$20.00; reward 100% → $20.00–$40.00';
  expect(screen.getAllByText(words)).toHaveLength(2);
  const rows = screen.getAllByRole('row');
  expect(rows[1]).toHaveTextContent(/^22 Jan.*\$25\.00.*… PlannedWithdraw$/);
  expect(rows[2]).toHaveTextContent(/^1from the beginning.*installed✓ In force$/);
});

it('of versions that have started, the one that started last is in force', () => {
  const now = Date.parse('2026-11-26T08:00:00.000Z');
  const late = someFormula({ version: 2, validFrom: '2026-11-26T07:00:00.000Z' });
  const early = someFormula({ version: 3, validFrom: '2026-11-25T07:00:00.000Z' });
  const same = someFormula({ version: 4, validFrom: late.validFrom });
  expect(formulaInForce([planned, early, late, first], now)).toBe(late);
  expect(formulaInForce([late, same], now)).toBe(same);
  expect(stateOf(early, late, now)).toBe('replaced');
  expect(stateOf(planned, late, now)).toBe('planned');
});

it('a new version shows an example while it is written, and starts now', async () => {
  answer([first]);
  const sent: unknown[] = [];
  server.use(
    http.post('/api/v1/price-formulas', async ({ request, response }) => {
      sent.push(await request.json());
      return response(201).json(planned);
    }),
  );
  const { keys } = await show(<PricesPage />, page);
  await keys.click(await screen.findByRole('button', { name: 'New version' }));
  const lowest = await screen.findByLabelText(/^Lowest price/);
  await keys.clear(lowest);
  await keys.type(lowest, '20,01');
  const example = within(screen.getByRole('table', { name: 'For example' }));
  // Half a cent rounds up, as the server does.
  expect(example.getByRole('row', { name: /^Lowest/ })).toHaveTextContent(
    'Lowest$20.01$10.01$20.01',
  );
  expect(example.getByRole('row', { name: /^Middle/ })).toHaveTextContent('$30.00$15.00$30.00');
  expect(screen.getByText('Tasks already priced keep their price.')).toBeVisible();
  await keys.click(screen.getByRole('button', { name: 'Start version' }));
  expect(await screen.findByText('The new version is stored')).toBeVisible();
  expect(sent).toEqual([
    { priceMin: usd(2_001), priceMax: usd(4_000), writeOffRate: '0.5', accrualRate: '1' },
  ]);
});

it('a reward that is not above its fee warns; what is no amount cannot be sent', async () => {
  answer([first]);
  const { keys } = await show(<PricesPage />, page);
  await keys.click(await screen.findByRole('button', { name: 'New version' }));
  const reward = await screen.findByLabelText(/^Reward/);
  await keys.clear(reward);
  await keys.type(reward, '50');
  expect(screen.getByText(/A reward is not above its fee/)).toBeVisible();
  await keys.type(reward, '.125');
  expect(screen.getByText(/From 0 to 1000/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Start version' })).toBeDisabled();
  const highest = screen.getByLabelText(/^Highest price/);
  await keys.clear(highest);
  await keys.type(highest, '19.99');
  expect(screen.getByText('Not below the lowest price')).toBeVisible();
});

it('a later start is said in both zones, and a start in the past beside its field', async () => {
  answer([first]);
  const sent: unknown[] = [];
  server.use(
    http.post('/api/v1/price-formulas', async ({ request, response }) => {
      sent.push(await request.json());
      const errors = [{ pointer: '/validFrom', detail: 'past', code: 'in-the-past' }];
      const body = { type: 'bad-request', title: 'Bad', status: 400, errors };
      return response.untyped(Response.json(body, { status: 400 }));
    }),
  );
  const zone = viewerZone() === 'Asia/Tokyo' ? 'Europe/Moscow' : 'Asia/Tokyo';
  const { keys } = await show(<PricesPage />, { ...page, settings: { businessTimeZone: zone } });
  await keys.click(await screen.findByRole('button', { name: 'New version' }));
  await keys.click(await screen.findByLabelText('Later'));
  expect(screen.getByRole('button', { name: 'Start version' })).toBeDisabled();
  fireEvent.change(screen.getByLabelText(/^Date and time/), {
    target: { value: '2999-01-02T09:00' },
  });
  expect(screen.getByText(`2 Jan 2999, 09:00 in ${cityOf(viewerZone())}`)).toBeVisible();
  expect(screen.getByText(new RegExp(`in ${cityOf(zone)}$`))).toBeVisible();
  await keys.click(screen.getByRole('button', { name: 'Start version' }));
  expect(await screen.findByText('Choose a time that is still to come')).toBeVisible();
  expect(sent).toEqual([
    expect.objectContaining({ validFrom: new Date('2999-01-02T09:00').toISOString() }),
  ]);
});

it('a version is withdrawn before its start; one that has started meanwhile is not', async () => {
  answer([planned, first]);
  refuse('delete', '/api/v1/price-formulas/2', 409, 'already-started');
  const { keys } = await show(<PricesPage />, page);
  await keys.click(await screen.findByRole('button', { name: 'Withdraw version 2' }));
  const dialog = await screen.findByRole('dialog');
  await keys.click(within(dialog).getByRole('button', { name: 'Withdraw' }));
  expect(await within(dialog).findByText('This price formula is in force already.')).toBeVisible();
  server.use(
    http.delete('/api/v1/price-formulas/{version}', ({ response }) => response(204).empty()),
  );
  await keys.click(within(dialog).getByRole('button', { name: 'Withdraw' }));
  expect(await screen.findByText('Version 2 is withdrawn')).toBeVisible();
});

it('an error is a card, an absence a strip', async () => {
  refuse('get', '/api/v1/price-formulas', 500, 'internal-error');
  const { unmount } = await show(<PricesPage />, page);
  await expectError();
  unmount();
  refuse('get', '/api/v1/price-formulas', 503, 'unavailable');
  await show(<PricesPage />, page);
  await expectAway('Prices');
});

it('is for those who set prices', async () => {
  await expectForbidden(<PricesPage />, 'prices.configure', ['prices']);
});

it('speaks Russian', async () => {
  await inRussian(async () => {
    answer([first]);
    await show(<PricesPage />, page);
    expect(await screen.findByRole('heading', { level: 2 })).toHaveTextContent('Действует');
    expect(screen.getAllByText(/^Цена 20,00\s\$–40,00\s\$; списание 50\s%/)[0]).toBeVisible();
  });
});

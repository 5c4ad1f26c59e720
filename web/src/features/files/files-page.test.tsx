import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { someAccountant, someFile, stopClock } from '../../../test/accounting-factories';
import { newId, usd } from '../../../test/factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import { expectAway, refuse } from '../../../test/states';
import { FilesPage } from './files-page';
import type { PaymentFile } from './queries';

stopClock();

const page = { user: someAccountant(), at: '/payment-files', texts: ['files'] as const };

function answer(stored: { files: PaymentFile[] }): void {
  server.use(
    http.get('/api/v1/payment-files', ({ response }) =>
      response(200).json({ items: stored.files, next: null }),
    ),
  );
}

it('what waits is made into a file here, so that a refusal is no download', async () => {
  const open = someFile({ state: 'open', createdAt: null });
  const stored = { files: [open] };
  answer(stored);
  server.use(
    http.untyped.get('*/file', () => {
      stored.files = [{ ...open, state: 'waiting' }];
      return new Response('<Document/>', { headers: { 'content-type': 'application/xml' } });
    }),
  );
  const { keys } = await show(<FilesPage />, page);
  await keys.click(await screen.findByRole('button', { name: 'Make the file' }));
  expect(await screen.findByRole('link', { name: 'Download' })).toHaveAttribute(
    'href',
    `/api/v1/payment-files/${open.id}/file`,
  );
});

it('a refused file needs a reason; nothing is sent before', async () => {
  answer({ files: [someFile()] });
  const sent: unknown[] = [];
  server.use(
    http.post('/api/v1/payment-files/{id}/reject', async ({ request, response }) => {
      sent.push(await request.json());
      return response(200).json(someFile({ state: 'settled' }));
    }),
  );
  const { keys } = await show(<FilesPage />, page);
  await keys.click(await screen.findByRole('button', { name: /What the bank did/ }));
  await keys.click(await screen.findByRole('menuitem', { name: 'Everything refused…' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog).toHaveTextContent('All 9 transfers that still wait fail.');
  const settle = within(dialog).getByRole('button', { name: 'Settle as refused' });
  expect(settle).toBeDisabled();
  await keys.type(within(dialog).getByLabelText(/Reason/), 'limit');
  await keys.click(settle);
  expect(await screen.findByText(/^Recorded for 25 Nov/)).toBeVisible();
  expect(sent).toEqual([{ reason: 'limit' }]);
});

it('money that came back is recorded for the executed transfers that are ticked', async () => {
  const transfers = { waiting: 0, succeeded: 2, refused: 1, returned: 0 };
  answer({ files: [someFile({ state: 'settled', transfers })] });
  const key = newId();
  const transfer = {
    amount: usd(1_106),
    creditorName: 'N. Estor',
    bankAccount: '40817810500000000014',
    bankReference: null,
    reason: null,
  };
  const sent: unknown[] = [];
  server.use(
    http.get('/api/v1/payment-files/{id}/transfers', ({ response }) =>
      response(200).json({
        items: [
          { ...transfer, key, state: 'succeeded' },
          { ...transfer, key: newId(), creditorName: 'R. Efused', state: 'refused' },
        ],
        next: null,
      }),
    ),
    http.post('/api/v1/payment-files/{id}/return', async ({ request, response }) => {
      sent.push(await request.json());
      return response(200).json(someFile({ state: 'settled' }));
    }),
  );
  const { keys } = await show(<FilesPage />, page);
  await keys.click(await screen.findByRole('button', { name: /What the bank did/ }));
  await keys.click(await screen.findByRole('menuitem', { name: 'Money came back…' }));
  const dialog = await screen.findByRole('dialog');
  await keys.click(await within(dialog).findByLabelText(/N\. Estor.*\$11\.06/));
  expect(within(dialog).queryByLabelText(/R\. Efused/)).toBeNull();
  await keys.type(within(dialog).getByLabelText(/Reason/), 'account closed');
  await keys.click(within(dialog).getByRole('button', { name: 'Record 1 return' }));
  await waitFor(() => expect(sent).toEqual([{ reason: 'account closed', transactions: [key] }]));
});

it('without files it says when they appear', async () => {
  answer({ files: [] });
  await show(<FilesPage />, page);
  expect(await screen.findByText('No payment files')).toBeVisible();
});

it('while the payment service is away it tries again by itself', async () => {
  refuse('get', '/api/v1/payment-files', 503, 'unavailable');
  await show(<FilesPage />, page);
  await expectAway('Payment files');
});

import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { expect, it, vi } from 'vitest';
import { Rows, type Column } from './rows';

/** The document of tests has no heights of its own. */
const ROW_PX = 48;
const LOADED = { timeout: 5_000 };

type Row = { id: string };
const rowsOf = (...ids: string[]): Row[] => ids.map((id) => ({ id }));

function table(rows: readonly Row[], more: object = {}) {
  return (
    <Rows
      caption="Letters"
      columns={[{ key: 'id', title: 'Id', cell: ({ id }) => id }]}
      card={({ id }) => id}
      rows={rows}
      keyOf={({ id }) => id}
      {...more}
    />
  );
}

it('a row that comes above the active one takes neither its tab stop nor its keys', async () => {
  const keys = userEvent.setup();
  const onKey = vi.fn(() => true);
  const { rerender } = render(table(rowsOf('a', 'b'), { onKey }));
  await keys.tab();
  await keys.keyboard('j');
  await waitFor(() => expect(screen.getByRole('row', { name: 'b' })).toHaveFocus());
  rerender(table(rowsOf('new', 'a', 'b'), { onKey }));
  const active = screen.getByRole('row', { name: 'b' });
  expect(active).toHaveFocus();
  expect(active).toHaveAttribute('tabindex', '0');
  await keys.keyboard('f');
  expect(onKey).toHaveBeenCalledWith('f', { id: 'b' });
});

it('the row whose panel was closed has the focus again', async () => {
  const { rerender } = render(table(rowsOf('a', 'b')));
  rerender(table(rowsOf('a', 'b'), { returnTo: 'b' }));
  await waitFor(() => expect(screen.getByRole('row', { name: 'b' })).toHaveFocus());
});

it('cards where something stands beside', () => {
  render(table(rowsOf('a'), { isNarrow: true }));
  expect(screen.queryByRole('table')).toBeNull();
  expect(screen.getByRole('list', { name: 'Letters' })).toBeVisible();
});

it('of many rows, those out of sight are fetched with the table that leaves them out', async () => {
  const keys = userEvent.setup();
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(ROW_PX);
  const many = rowsOf(...Array.from({ length: 300 }, (_, index) => `row ${index}`));
  render(table(many));
  expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '301');
  expect(screen.queryByRole('row', { name: 'row 60' })).toBeNull();
  await keys.tab();
  await keys.keyboard('j');
  await screen.findByRole('row', { name: 'row 60' }, LOADED);
  expect(screen.queryByRole('row', { name: 'row 299' })).toBeNull();
  await waitFor(() => expect(screen.getByRole('row', { name: 'row 1' })).toHaveFocus());
});

it('a short list asks for its next page at once', () => {
  const onEnd = vi.fn();
  render(table(rowsOf('a'), { onEnd }));
  expect(onEnd).toHaveBeenCalledOnce();
});

it('a row is rendered again only when it changes, or gets the tab stop', async () => {
  const rendered: string[] = [];
  const columns: Column<Row>[] = [
    {
      key: 'id',
      title: 'Id',
      cell: ({ id }) => {
        rendered.push(id);
        return id;
      },
    },
  ];
  const card = (): null => null;
  const idOf = ({ id }: Row): string => id;
  const [first, grey] = [rowsOf('ara', 'kea', 'lori'), rowsOf('grey')];
  function Page() {
    const [rows, setRows] = useState(first);
    return (
      <>
        <button onClick={() => setRows([...rows, ...grey])}>more</button>
        <Rows caption="People" columns={columns} card={card} rows={rows} keyOf={idOf} />
      </>
    );
  }
  const keys = userEvent.setup();
  render(<Page />);
  expect(rendered).toEqual(['ara', 'kea', 'lori']);
  rendered.length = 0;
  await keys.click(screen.getByRole('button', { name: 'more' }));
  expect(rendered).toEqual(['grey']);
  rendered.length = 0;
  screen.getByRole('row', { name: 'ara' }).focus();
  await keys.keyboard('j');
  expect(rendered).toEqual(['ara', 'kea']);
});

it('what is typed and pressed in a dialog of a row does nothing to the row', async () => {
  const keys = userEvent.setup();
  const onOpen = vi.fn();
  const elsewhere = document.body.appendChild(document.createElement('div'));
  const field = createPortal(<input aria-label="Reason" />, elsewhere);
  const columns: Column<Row>[] = [{ key: 'id', title: 'Id', cell: () => field }];
  render(table(rowsOf('a'), { columns, onOpen }));
  await keys.type(screen.getByLabelText('Reason'), 'mistake, joke');
  await keys.click(elsewhere);
  expect(screen.getByLabelText('Reason')).toHaveValue('mistake, joke');
  expect(onOpen).not.toHaveBeenCalled();
  elsewhere.remove();
});

import { Readable } from 'node:stream';
import { stringify, type Options } from 'csv-stringify/sync';
import { z } from 'zod';
import { locale } from '../../contracts/fields';
import type { Answer } from '../route';
import type { CsvColumn, CsvFormat } from './columns';
import { takeExportSlot } from './export-slots';

/** `locale` of a route that answers a file. */
export const csvQuery = { locale: locale.default('en') };

/** Answer of a route that answers a file, for its `answers`. */
export const csvFile = z.string().meta({
  contentMediaType: 'text/csv',
  description:
    'RFC 4180 with a byte order mark; local times of the business zone. `locale=ru`: semicolons, ' +
    'decimal commas. A download that breaks off is not complete.',
});

/** A file to answer. */
export interface CsvFile<Row> {
  /** Parts of the file name: `popug-<part>-<part>.csv`. */
  name: readonly string[];
  columns: readonly CsvColumn<Row>[];
  /** Rows in batches of some hundreds, e.g. of `readInBatches`; read only as fast as the client. */
  batches: AsyncIterable<readonly Row[]>;
  format: CsvFormat;
}

/**
 * Returns a file as a streamed answer: memory holds a batch or two, whatever the number of rows.
 * The first batch is read before the answer begins, so that what it throws becomes a problem
 * document; a failure after it breaks the download. Throws 503 `too-many-exports`.
 */
export async function csvAnswer<Row>(file: CsvFile<Row>): Promise<Answer> {
  const release = takeExportSlot();
  const batches = file.batches[Symbol.asyncIterator]();
  try {
    const body = Readable.from(chunksOf(file, await batches.next(), batches));
    body.once('close', () => {
      // A generator that never began has no `finally`: the rows are let go here.
      void Promise.resolve(batches.return?.()).then(release, release);
    });
    return { status: 200, body, attachment: `${['popug', ...file.name].join('-')}.csv` };
  } catch (error) {
    release();
    throw error;
  }
}

type Batch<Row> = IteratorResult<readonly Row[], unknown>;

async function* chunksOf<Row>(
  { columns, format }: CsvFile<Row>,
  first: Batch<Row>,
  batches: AsyncIterator<readonly Row[]>,
): AsyncGenerator<string> {
  const options: Options = {
    delimiter: format.locale === 'ru' ? ';' : ',',
    record_delimiter: 'windows',
    quote_record_delimiter: true,
  };
  yield stringify([columns.map((column) => column.title(format))], { ...options, bom: true });
  for (let batch = first; batch.done !== true; batch = await batches.next()) {
    const cells = batch.value.map((row) => columns.map((column) => column.cell(row, format)));
    yield stringify(cells, options);
  }
}

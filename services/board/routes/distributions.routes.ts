import { createdId } from '../../shared/http/created-id';
import { decodeCursor, toPage } from '../../shared/http/cursor';
import { created, ok, RouteTable, type Route } from '../../shared/http/route';
import { distributeTasks } from '../commands/distribute-tasks';
import type { BoardContext } from '../context';
import { policies } from '../policies';
import { listDistributions } from '../queries/list-distributions';
import { previewDistribution } from '../queries/preview-distribution';
import { presentDistribution, presentPreview } from './distributions.presenter';
import * as schemas from './distributions.schemas';

const tag = 'distribution';
type Distribution = Parameters<typeof presentDistribution>[0];

/** Returns the routes of distributions. */
export function distributionsRoutes(board: BoardContext): readonly Route[] {
  const present = (done: Distribution): object => presentDistribution(done, board.currency);
  return new RouteTable(policies)
    .on('GET /distributions/preview', {
      summary: 'What a distribution would do now; changes nothing',
      tag,
      query: schemas.previewQuery,
      answers: { 200: schemas.previewView },
      handle: async ({ query: { scope } }) =>
        ok(presentPreview(await previewDistribution(board, scope), board.currency)),
    })
    .on('POST /distributions', {
      summary: 'Deal tasks out at random',
      tag,
      body: schemas.newDistribution,
      answers: { 201: schemas.distributionView },
      handle: async (request) => {
        const input = { ...request.body, id: createdId(request) };
        return created(present(await distributeTasks(board, request.caller, input)));
      },
    })
    .on('GET /distributions', {
      summary: 'Who pressed the button when, and what it did; latest first',
      tag,
      query: schemas.distributionsQuery,
      answers: { 200: schemas.distributionsPage },
      handle: async ({ query: { cursor, limit } }) => {
        const after = decodeCursor(cursor, schemas.distributionPlace);
        const rows = await listDistributions(board, { after, limit: limit + 1 });
        const placeOf = ({ position }: (typeof rows)[number]): object => ({
          position: position.toString(),
        });
        return ok(toPage(rows, limit, present, placeOf));
      },
    }).routes;
}

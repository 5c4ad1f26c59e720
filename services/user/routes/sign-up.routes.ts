import { userView, userViewOf } from '../../shared/contracts/user-view';
import { createdId } from '../../shared/http/created-id';
import { RouteTable, created, ok, type Route } from '../../shared/http/route';
import type { Deps } from '../commands/set-first-beak-shape';
import { signUp } from '../commands/sign-up';
import { policies, demandSignUp } from '../policies';
import { readStatus } from '../queries/users';
import { signUpBody, signUpStatus, userParams } from './users.schemas';

/** People register themselves, where that is switched on. */
export function signUpRoutes(deps: Deps, isEnabled: boolean): readonly Route[] {
  return new RouteTable(policies)
    .on('POST /sign-up', {
      summary: 'Register oneself, inactive until the account is open',
      tag: 'sign-up',
      body: signUpBody,
      answers: { 201: userView },
      handle: async (request) => {
        demandSignUp(isEnabled);
        const { beakShape, ...person } = request.body;
        const registration = { ...person, id: createdId(request), registeredBy: null };
        const user = await signUp(deps, registration, beakShape);
        return created(userViewOf(user), user.version);
      },
    })
    .on('GET /sign-up/{id}', {
      summary: 'How far an activation has come',
      tag: 'sign-up',
      params: userParams,
      answers: { 200: signUpStatus },
      handle: async ({ params }) => {
        demandSignUp(isEnabled);
        return ok({ status: await readStatus(deps.database, params.id) });
      },
    }).routes;
}

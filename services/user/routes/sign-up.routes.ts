import { userView, userViewOf } from '../../shared/contracts/user-view';
import { clientAddress } from '../../shared/http/client-address';
import { createdId } from '../../shared/http/created-id';
import { RouteTable, created, ok, type Route } from '../../shared/http/route';
import { countSignUp } from '../commands/count-sign-up';
import { signUp } from '../commands/sign-up';
import type { UserContext } from '../context';
import { demandFullName, demandSignUp, policies } from '../policies';
import { readProgress } from '../queries/users';
import { signUpBody, signUpStatus, userParams } from './users.schemas';

/** Rule of registrations; see `config.ts`. */
export interface NameRules {
  FULL_NAME: 'optional' | 'required';
}

/** Rules of self-registration; see `config.ts`. */
export interface SignUpRules extends NameRules {
  SIGN_UP: 'open' | 'approval' | 'off';
  SIGN_UPS_PER_HOUR: number;
}

/** Returns the routes of self-registration; they answer 404 when it is off. */
export function signUpRoutes(context: UserContext, rules: SignUpRules): readonly Route[] {
  const isEnabled = rules.SIGN_UP !== 'off';
  const awaitsApproval = rules.SIGN_UP === 'approval';
  return new RouteTable(policies)
    .on('POST /sign-up', {
      summary: 'Register oneself, inactive until the account is open',
      tag: 'sign-up',
      body: signUpBody,
      answers: { 201: userView },
      handle: async (request) => {
        demandSignUp(isEnabled);
        demandFullName(rules.FULL_NAME, request.body.fullName);
        const address = clientAddress(request.headers);
        await countSignUp(context, address, rules.SIGN_UPS_PER_HOUR);
        const { beakShape, ...person } = request.body;
        const id = createdId({ ...request, body: person });
        const registration = { ...person, id, registeredBy: null, awaitsApproval };
        const { snapshot } = await signUp(context, registration, beakShape);
        return created(userViewOf(snapshot), snapshot.version);
      },
    })
    .on('GET /sign-up/{id}', {
      summary: 'How far an activation has come',
      tag: 'sign-up',
      params: userParams,
      answers: { 200: signUpStatus },
      handle: async ({ params }) => {
        demandSignUp(isEnabled);
        return ok(await readProgress(context.database, params.id));
      },
    }).routes;
}

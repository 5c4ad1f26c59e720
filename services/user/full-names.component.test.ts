import { newId } from '../shared/kernel/ids';
import {
  administrator,
  newcomer,
  startUserService,
  type UserUnderTest,
} from './testing/user-service';

const fullName = 'Innokenty Popugayev';
const asAdmin = ({ client }: UserUnderTest) => client.as(administrator);
const signUp = ({ client }: UserUnderTest, body: object) =>
  client.anonymous().post('/sign-up').send(body);
const register = (service: UserUnderTest, body: object) =>
  asAdmin(service).post('/users').send(body);
const nameOf = async (service: UserUnderTest, id: string): Promise<string | null> =>
  (await asAdmin(service).get(`/users/${id}`).expect(200)).body.fullName;

describe('where a full name is optional', () => {
  let service: UserUnderTest;
  beforeAll(async () => {
    service = await startUserService();
  });
  afterAll(() => service.stop());

  const change = (caller: ReturnType<typeof asAdmin>, id: string, name: string | null) =>
    caller.patch(`/users/${id}`).set('if-match', '*').send({ fullName: name });

  it('it is stored in NFC and trimmed, and told to Account with the bank account', async () => {
    const [kesha, gosha] = [newcomer(), newcomer()];
    const typed = `  ${'Йннокентий Попугаев'.normalize('NFD')} `;
    await signUp(service, { ...kesha, fullName: typed }).expect(201);
    const answer = await register(service, { ...gosha, fullName }).expect(201);
    expect(answer.body.fullName).toBe(fullName);
    const stored = 'Йннокентий Попугаев'.normalize('NFC');
    expect(await nameOf(service, kesha.id)).toBe(stored);
    const ask = () => service.client.service('account').get(`/users/${kesha.id}/bank-account`);
    const known = { bankAccount: kesha.bankAccount, fullName: stored };
    expect((await ask().expect(200)).body).toEqual(known);
    await service.openAccounts(kesha.id);
    expect((await ask().expect(200)).body).toEqual({ bankAccount: null, fullName: stored });
  });

  it('it can be missing, and a repeat with another one is another request', async () => {
    const kesha = newcomer();
    await signUp(service, kesha).expect(201);
    expect(await nameOf(service, kesha.id)).toBeNull();
    await signUp(service, kesha).expect(201);
    await signUp(service, { ...kesha, fullName }).expect(409);
  });

  it('people and those who manage users change and clear it, others do not', async () => {
    const kesha = await service.hire();
    const self = service.client.as({ id: kesha.id });
    expect((await change(self, kesha.id, fullName).expect(200)).body.fullName).toBe(fullName);
    expect((await change(self, kesha.id, null).expect(200)).body.fullName).toBeNull();
    await change(asAdmin(service), kesha.id, fullName).expect(200);
    await change(service.client.as({ id: newId() }), kesha.id, 'Thief').expect(404);
    expect(await nameOf(service, kesha.id)).toBe(fullName);
  });

  it('it is in no event and on no list of people', async () => {
    const kesha = await service.hire();
    await change(asAdmin(service), kesha.id, fullName).expect(200);
    await asAdmin(service)
      .patch(`/users/${kesha.id}`)
      .set('if-match', '*')
      .send({ locale: 'ru', fullName: 'Kesha P.' })
      .expect(200);
    const events = await service.eventsAbout(kesha.id);
    expect(events.map(({ type }) => type).slice(2)).toEqual(['UserUpdated.v1']);
    expect(JSON.stringify(events)).not.toMatch(/fullName|Kesha P\./);
    const people = await asAdmin(service).get(`/people?ids=${kesha.id}`).expect(200);
    expect(people.body.items[0]).not.toHaveProperty('fullName');
  });

  it.each(['', '  ', 'ж'.repeat(71), 'two\nlines', 7, null])('%j is refused', async (bad) => {
    await signUp(service, { ...newcomer(), fullName: bad }).expect(400);
    await register(service, { ...newcomer(), fullName: bad }).expect(400);
  });
});

describe('where a full name is required', () => {
  let service: UserUnderTest;
  beforeAll(async () => {
    service = await startUserService({ FULL_NAME: 'required' });
  });
  afterAll(() => service.stop());

  it('nobody is registered without, and nobody can clear it', async () => {
    const pointer = { errors: [{ pointer: '/fullName' }] };
    const [kesha, gosha] = [newcomer(), newcomer()];
    expect((await signUp(service, kesha).expect(400)).body).toMatchObject(pointer);
    expect((await register(service, gosha).expect(400)).body).toMatchObject(pointer);
    await signUp(service, { ...kesha, fullName }).expect(201);
    await register(service, { ...gosha, fullName }).expect(201);
    const patch = (body: object) =>
      asAdmin(service).patch(`/users/${kesha.id}`).set('if-match', '*').send(body);
    expect((await patch({ fullName: null }).expect(400)).body).toMatchObject(pointer);
    await patch({ locale: 'ru' }).expect(200);
    expect(await nameOf(service, kesha.id)).toBe(fullName);
  });
});

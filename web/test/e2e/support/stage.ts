import type { Browser } from 'playwright-core';
import type { Person } from '../../../../operations/client/api';
import { startExchange, type Exchange } from '../../../../test/e2e/support/exchange';
import { startBrowser, Visitor, type Visit } from './visitor';

/** The product and a browser, for the scenes of one test file. */
export class Stage {
  private readonly opened: Visitor[] = [];
  private readonly leavers: string[] = [];

  private constructor(
    readonly exchange: Exchange,
    private readonly browser: Browser,
  ) {}

  static async build(): Promise<Stage> {
    const exchange = await startExchange();
    return new Stage(exchange, await startBrowser());
  }

  /** Opens a window of its own for somebody. */
  async arrive(visit: Visit): Promise<Visitor> {
    const visitor = await Visitor.arrive(this.browser, this.exchange.stack.gatewayUrl, visit);
    this.opened.push(visitor);
    return visitor;
  }

  /** Opens a window, and logs somebody in whose pages speak the language of the visit. */
  async enter(person: Person, visit: Visit): Promise<Visitor> {
    await speak(person, visit);
    const visitor = await this.arrive(visit);
    await visitor.logIn(person);
    return visitor;
  }

  /** Lets a person in for one scene: tasks of the next are not dealt to them. */
  async hire(role: 'employee' | 'manager' | 'accountant' | 'admin' = 'employee'): Promise<Person> {
    const { exchange } = this;
    const person = role === 'employee' ? await exchange.hire() : await exchange.hireAs(role);
    this.willLeave(person.id);
    return person;
  }

  /** The person is deactivated when the scene has ended. */
  willLeave(userId: string): void {
    this.leavers.push(userId);
  }

  /** Ends a scene, however it went. Returns what went wrong on its pages. */
  async clear(): Promise<string[]> {
    const faults: string[] = [];
    for (const visitor of this.opened.splice(0)) faults.push(...(await visitor.leave()));
    for (const id of this.leavers.splice(0)) {
      await this.exchange.admin.post(`/users/${id}/deactivate`);
    }
    return faults;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.exchange.stop();
  }
}

/** Sets the language of somebody's pages and letters. */
async function speak(person: Person, { language }: Visit): Promise<void> {
  const path = `/users/${person.id}`;
  const etag = (await person.get(path)).headers.get('etag')!;
  const request = {
    token: person.token,
    body: { locale: language },
    headers: { 'if-match': etag },
  };
  await person.api.must('PATCH', path, request);
}

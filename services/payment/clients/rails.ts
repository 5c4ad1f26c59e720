import { bankAccountKind, type BankAccountKind } from '../../shared/kernel/bank-account';
import { everyStep } from '../../shared/kernel/every-step';
import { invariant } from '../../shared/kernel/invariant';
import { AccountNumberRail } from './account-number.rail';
import { PaymentFileRail } from './payment-file.rail';
import type { Rail } from './rail';

/** Settings that rails need. */
export interface RailSettings {
  bankUrl: string;
}

/** Builds each rail. A new rail is a file beside this one and a line here. */
const railBuilders = {
  bank: ({ bankUrl }: RailSettings): Rail => new AccountNumberRail(bankUrl),
  file: (): Rail => new PaymentFileRail(),
};

export type RailName = keyof typeof railBuilders;
export const railNames = Object.keys(railBuilders) as [RailName, ...RailName[]];

/** Rail of new transfers, by the kind of the bank account number. */
export type RailChoice<Name extends string = RailName> = Readonly<Record<BankAccountKind, Name>>;

/** The rails by name, and which one a new transfer takes. */
export class Rails<Name extends string = string> {
  constructor(
    readonly byName: Readonly<Record<Name, Rail>>,
    private readonly choice: RailChoice<Name>,
  ) {}

  /** Returns the name of the rail of a new transfer to the bank account. */
  nameFor(bankAccount: string): Name {
    return this.choice[bankAccountKind(bankAccount)];
  }

  /** Returns the rail of a recorded transfer. Throws when this version has no such rail. */
  named(name: string): Rail {
    const rail = (this.byName as Readonly<Record<string, Rail>>)[name];
    invariant(rail !== undefined, `no rail is named ${name}`);
    return rail;
  }

  /** Returns the names of the rails that report returned money. */
  reporting(): Name[] {
    return (Object.keys(this.byName) as Name[]).filter((name) => this.byName[name].returns);
  }

  /** Closes the connections of every rail. */
  async close(): Promise<void> {
    await everyStep(Object.values<Rail>(this.byName).map((rail) => () => rail.close()));
  }
}

/** Builds every rail; opens no connection. */
export function createRails(settings: RailSettings, choice: RailChoice): Rails {
  const built = railNames.map((name) => [name, railBuilders[name](settings)] as const);
  return new Rails<string>(Object.fromEntries(built), choice);
}

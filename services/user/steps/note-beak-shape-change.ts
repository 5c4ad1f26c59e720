import { Not, In } from 'typeorm';
import type { Permission } from '../../shared/contracts/fields';
import { recordAudit } from '../../shared/db/audit-log';
import { query, type Tx } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { oweLetter } from '../../shared/work/letters/due-letters';
import { FORMER_FOR } from '../domain/retention';
import { User, effectivePermissions, formerRecipient, recipientOf } from '../entities/user.entity';

/** Permissions that decide about money, or about who has them. */
const DECIDES_ABOUT_MONEY: readonly Permission[] = [
  'payouts.manage',
  'accounting.correct',
  'prices.configure',
  'users.manage',
];

/** Maximum number of former addresses, the earliest ones: an attacker may change it repeatedly. */
const MAX_FORMER = 5;

/** Replacement of a beak shape, requested from Auth. */
export interface BeakShapeChange {
  id: string;
  userId: string;
  actorId: string;
}

const ASK = `
INSERT INTO beak_shape_changes (id, user_id, actor_id, asked_at) VALUES ($1, $2, $3, $4)`;

const SETTLE = `
UPDATE beak_shape_changes SET state = $2 WHERE id = $1 AND state = 'asked' RETURNING id`;

const FORMER = `
SELECT email FROM former_emails
WHERE user_id = $1 AND email <> $2 AND until > $3::timestamptz - interval '${FORMER_FOR}'
ORDER BY since LIMIT ${MAX_FORMER}`;

/** Records a change; commit before the call to Auth: a lost answer does not lose the letter. */
export async function noteChangeAsked(
  tx: Tx,
  { userId, actorId }: Omit<BeakShapeChange, 'id'>,
  now: Date,
): Promise<BeakShapeChange> {
  const change = { id: newId(), userId, actorId };
  await query(tx, ASK, [change.id, userId, actorId, now]);
  return change;
}

/** Records that Auth refused a change: nothing happened. */
export async function noteChangeRefused(tx: Tx, { id }: BeakShapeChange): Promise<void> {
  await query(tx, SETTLE, [id, 'refused']);
}

/**
 * Records that a change happened, or may have happened, once: letters to the person and to former
 * addresses; when somebody else made the change, an audit row, and letters to the other
 * administrators if the person decides about money. A first beak shape owes no letter.
 */
export async function noteChangeHappened(
  tx: Tx,
  change: BeakShapeChange,
  outcome: 'done' | 'unclear',
  now: Date,
): Promise<void> {
  const settled = await query(tx, SETTLE, [change.id, outcome]);
  if (settled.length === 0) return;
  const user = await tx.findOneByOrFail(User, { id: change.userId });
  const isReset = change.actorId !== user.id;
  if (isReset) {
    const entry = { action: 'beak-shape.reset', subject: user.id, after: outcome };
    await recordAudit(tx, { actorId: change.actorId, ...entry });
  }
  // A first beak shape is no change.
  if (user.credentialsSetAt === null) return;
  await tellThePerson(tx, user, now);
  if (isReset && decidesAboutMoney(user)) await tellAdministrators(tx, user, change.actorId, now);
}

function decidesAboutMoney(user: User): boolean {
  return effectivePermissions(user).some((each) => DECIDES_ABOUT_MONEY.includes(each));
}

async function tellThePerson(tx: Tx, user: User, now: Date): Promise<void> {
  const content = { template: 'beak-shape-changed' } as const;
  const former = await query<{ email: string }>(tx, FORMER, [user.id, user.email, now]);
  const recipients = [
    recipientOf(user),
    ...former.map(({ email }) => formerRecipient(user, email)),
  ];
  for (const recipient of recipients) {
    await oweLetter(tx, { userId: user.id, recipient, content }, now);
  }
}

async function tellAdministrators(tx: Tx, user: User, actorId: string, now: Date): Promise<void> {
  const actor = await tx.findOneBy(User, { id: actorId });
  const others = await tx.findBy(User, {
    role: 'admin',
    status: 'active',
    id: Not(In([actorId, user.id])),
  });
  const by = actor?.nickname ?? actorId;
  const content = { template: 'beak-shape-reset', nickname: user.nickname, by } as const;
  for (const other of others) {
    await oweLetter(tx, { userId: other.id, recipient: recipientOf(other), content }, now);
  }
}

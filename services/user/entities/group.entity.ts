import { Column, Entity, PrimaryColumn } from 'typeorm';
import { nicknameKey, permission, type Permission } from '../../shared/contracts/fields';
import { derivedId } from '../../shared/kernel/ids';

/** A group of people: its permissions are permissions of each member. */
@Entity('groups')
export class Group {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text', { name: 'name_key' })
  nameKey!: string;

  @Column('text', { array: true })
  permissions!: Permission[];

  /** Incremented by each change of name, permissions and members; the ETag. */
  @Column('integer')
  version!: number;

  /** Fingerprint of caller, name and permissions at creation. */
  @Column('uuid', { name: 'request_fingerprint' })
  requestFingerprint!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

/** Data of a new group, and who creates it. */
export interface NewGroup {
  id: string;
  name: string;
  permissions: readonly Permission[];
  actorId: string;
}

/** Creates a group without members. */
export function newGroup({ id, name, permissions, actorId }: NewGroup, now: Date): Group {
  const ordered = inOrder(permissions);
  return Object.assign(new Group(), {
    id,
    name,
    nameKey: nicknameKey(name),
    permissions: ordered,
    version: 1,
    requestFingerprint: derivedId(actorId, name, ...ordered),
    createdAt: now,
  });
}

/** Returns the permissions, each once, in the order of the contract. */
export function inOrder(permissions: readonly Permission[]): Permission[] {
  return permission.options.filter((each) => permissions.includes(each));
}

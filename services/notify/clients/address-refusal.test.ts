import { isAddressWrong } from './address-refusal';

const judge = (response: string, command = 'RCPT TO'): boolean =>
  isAddressWrong({ command, responseCode: Number(response.slice(0, 3)), response });

it.each([
  '550 5.1.1 <kesha@popug.example>: Recipient address rejected: User unknown',
  '550-5.1.1 The email account that you tried to reach does not exist.\n550 5.1.1 Try again.',
  '550 5.1.2 Bad destination system address',
  '553 5.1.3 The recipient address is not a valid RFC 5321 address',
  '501 5.1.3 Bad recipient address syntax',
  '551 5.1.6 The mailbox has moved',
  '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found',
  '556 5.1.10 The domain does not accept mail',
  '550 sorry, no mailbox here by that name (#5.1.1)',
  '550 No such user here',
  '550 User unknown',
  '550 unknown user',
  '550 Mailbox not found',
  '550 Invalid recipient',
  "550 The user doesn't exist",
  '553 Mailbox does not exist',
])('gives an address up after %j', (response) => {
  expect(judge(response)).toBe(true);
});

it.each([
  '550 5.7.1 Service unavailable; client host [192.0.2.1] blocked using a list',
  '554 5.7.1 <kesha@popug.example>: Relay access denied',
  '550 5.7.26 Unauthenticated mail is not accepted due to the DMARC policy',
  '550 5.7.1 The user does not exist, or you may not write to them',
  '550 5.1.0 Address rejected',
  '550 5.1.7 The sender has no valid address',
  '550 5.1.8 Bad sender: its system does not exist',
  '550-5.1.1 User unknown\n550 5.7.1 or you were blocked',
  '550 5.2.1 The account is disabled',
  '552 5.2.2 The mailbox is full',
  '550 5.4.1 Recipient address rejected: Access denied',
  '550 5.0.0 Rejected',
  '550 4.1.1 The directory is away',
  '450 4.1.1 User unknown',
  '450 User unknown',
  '421 4.3.0 Closing',
  '553 sorry, that domain is not in my list of allowed rcpthosts (#5.7.1)',
  '550 Relay denied: user unknown',
  '550 Unknown user, or your address 5.1.1.1 is listed',
  '550 Mailbox unavailable',
  '550 Access denied',
  '550',
  '550 ',
  '554 No such user',
  '552 No such user',
  '503 Bad sequence of commands',
  '501 Syntax error in parameters',
  '530 Authentication required',
])('tries an address again after %j', (response) => {
  expect(judge(response)).toBe(false);
});

it.each(['MAIL FROM', 'DATA', 'CONN', 'AUTH PLAIN', 'EHLO', 'STARTTLS', ''])(
  'never takes a refusal of %j for one of the address',
  (command) => {
    expect(judge('550 5.1.1 User unknown', command)).toBe(false);
  },
);

it('tries again where the server said nothing', () => {
  expect(isAddressWrong({})).toBe(false);
  expect(isAddressWrong({ command: 'RCPT TO', responseCode: 550 })).toBe(false);
});

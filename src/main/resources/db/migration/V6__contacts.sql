-- Whom the calls are with, and what they wrote on other channels. Text is text from contacts, never markup; card numbers and the like are out of it.

create table contact (
    id         bigint generated always as identity primary key,
    created_at timestamptz not null default now()
);

create table contact_identity (
    identity text primary key,               -- '+15550123', 'anna@example.org', an id of the business's own
    contact  bigint not null references contact on delete cascade
);
create index contact_identity_contact on contact_identity (contact);

create table contact_message (
    contact   bigint not null references contact on delete cascade,
    channel   text not null,                 -- 'sms', 'whatsapp', 'chat', 'email', 'other'
    id        text not null,                 -- the channel's own
    direction text not null,                 -- 'in' from the contact, 'out' to them
    text      text not null,
    at        timestamptz not null,
    primary key (contact, channel, id)
);
create index contact_message_newest on contact_message (contact, at desc);
create index contact_message_at on contact_message (at);

-- Whose calls must not be written down as they were: calls that go on while a contact is erased end later. SHA-256 of the identity; kept for days only.
create table contact_erased (
    identity text primary key,
    at       timestamptz not null
);

create index call_from_number on call (from_number);
create index call_ended_at on call (ended_at);

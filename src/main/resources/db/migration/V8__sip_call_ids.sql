-- Calls by the SIP Call-IDs of their legs: document->'legs' @> '[{"sipCallId":"…"}]'.
create index call_legs on call using gin ((document -> 'legs') jsonb_path_ops);

/** What the log is asked for. Undefined leaves out nothing. */
export interface LogFilters {
  /** Address, handle or id of who did it. */
  actor?: string | undefined;
  /** `ticket.opened`. */
  type?: string | undefined;
  /** Id of what it happened to; of a person also their address or handle. */
  subject?: string | undefined;
  /** Id of a token. */
  token?: string | undefined;
  /** Milliseconds since 1970, `from` included, `to` not. */
  from?: number | undefined;
  to?: number | undefined;
}

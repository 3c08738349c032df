/** Of the styles of a report (`pageStyles`), for its own policy and for that of the page that opens it. */
export const styleHash = 'sha256-OppxOso3j0p46tpSUniMCMGBPoBaQ5x1OIpxoWUW4Os=';

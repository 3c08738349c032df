/** Of the styles of a report (`pageStyles`), for its own policy and for that of the page that opens it. */
export const styleHash = 'sha256-84e6/laQmEULpIJ1v6A9K3+A0aMEe7UVIlPwzR3k/yM=';

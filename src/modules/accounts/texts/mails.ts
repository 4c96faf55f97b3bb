/** Mails of accounts, German. `link: null` where the mail has no link. */
export const mailsDe = {
  register: (city: string) => ({
    subject: `Ihr Konto bei der ${city}: bitte bestätigen`,
    paragraphs: [
      `Sie möchten ein Konto bei der ${city} anlegen. Mit dem Link bestätigen Sie Ihre E-Mail-Adresse und wählen ein Passwort.`,
      'Der Link gilt 24 Stunden. Wenn Sie kein Konto anlegen wollten, müssen Sie nichts tun: Ohne den Link entsteht keines.',
    ],
    link: 'E-Mail-Adresse bestätigen' as string | null,
  }),
  alreadyRegistered: (city: string) => ({
    subject: `Ihr Konto bei der ${city}: Sie haben schon eines`,
    paragraphs: [
      `Jemand wollte mit Ihrer E-Mail-Adresse ein Konto bei der ${city} anlegen. Sie haben bereits eines und können sich damit anmelden.`,
      'Wenn Sie Ihr Passwort nicht mehr wissen, wählen Sie mit dem Link ein neues. Er gilt eine Stunde.',
      'Wenn Sie das nicht waren, müssen Sie nichts tun.',
    ],
    link: 'Neues Passwort wählen' as string | null,
  }),
  reset: (city: string) => ({
    subject: `Ihr Konto bei der ${city}: neues Passwort`,
    paragraphs: [
      'Mit dem Link wählen Sie ein neues Passwort. Er gilt eine Stunde und nur einmal.',
      'Wenn Sie das nicht waren, müssen Sie nichts tun: Ihr Passwort bleibt, wie es ist.',
    ],
    link: 'Neues Passwort wählen' as string | null,
  }),
  unknown: (city: string) => ({
    subject: `${city}: Zu dieser Adresse gibt es kein Konto`,
    paragraphs: [
      `Jemand wollte das Passwort eines Kontos bei der ${city} mit dieser E-Mail-Adresse zurücksetzen. Es gibt dazu kein Konto.`,
      'Vielleicht haben Sie eine andere Adresse angegeben. Mit dem Link können Sie ein Konto anlegen. Er gilt 24 Stunden.',
      'Wenn Sie das nicht waren, müssen Sie nichts tun.',
    ],
    link: 'Konto anlegen' as string | null,
  }),
  disabled: (city: string) => ({
    subject: `Ihr Konto bei der ${city} ist gesperrt`,
    paragraphs: [
      'Ihr Konto ist gesperrt, deshalb können Sie dafür kein Passwort wählen. Bitte wenden Sie sich an uns: Die Telefonnummer steht im Impressum.',
    ],
    link: null as string | null,
  }),
  passwordChanged: (city: string) => ({
    subject: `Ihr Konto bei der ${city}: Passwort geändert`,
    paragraphs: [
      'Das Passwort Ihres Kontos wurde gerade geändert. Auf anderen Geräten sind Sie jetzt abgemeldet.',
      'Wenn Sie das nicht waren, setzen Sie Ihr Passwort bitte gleich zurück.',
    ],
    link: 'Passwort zurücksetzen',
  }),
  changeMail: (city: string) => ({
    subject: `Ihr Konto bei der ${city}: neue E-Mail-Adresse bestätigen`,
    paragraphs: [
      'Mit dem Link bestätigen Sie, dass diese E-Mail-Adresse zu Ihrem Konto gehören soll. Bitte melden Sie sich dazu an. Der Link gilt 24 Stunden.',
      'Wenn Sie das nicht waren, müssen Sie nichts tun.',
    ],
    link: 'E-Mail-Adresse bestätigen' as string | null,
  }),
  mailTaken: (city: string) => ({
    subject: `${city}: Diese Adresse gehört schon zu einem Konto`,
    paragraphs: [
      'Jemand wollte diese E-Mail-Adresse für ein weiteres Konto eintragen. Das geht nicht, weil sie schon zu Ihrem Konto gehört.',
      'Wenn Sie das nicht waren, müssen Sie nichts tun.',
    ],
    link: null as string | null,
  }),
  mailChanged: (city: string) => ({
    subject: `Ihr Konto bei der ${city}: E-Mail-Adresse geändert`,
    paragraphs: [
      'Ihr Konto hat jetzt eine andere E-Mail-Adresse. An diese hier schreiben wir nicht mehr.',
      'Wenn Sie das nicht waren, rufen Sie uns bitte an: Die Telefonnummer steht im Impressum.',
    ],
  }),
  invite: (city: string) => ({
    subject: `Ihr Zugang zum Rathaus der ${city}`,
    paragraphs: [
      `Für Sie wurde ein Konto für die Arbeit im Rathaus der ${city} angelegt. Mit dem Link wählen Sie Ihr Passwort. Er gilt sieben Tage.`,
    ],
    link: 'Passwort wählen',
  }),
}

/** The same in English. */
export const mailsEn: typeof mailsDe = {
  register: (city) => ({
    subject: `Your account with ${city}: please confirm`,
    paragraphs: [
      `You would like an account with ${city}. Use the link to confirm your email address and choose a password.`,
      'The link works for 24 hours. If you did not ask for an account, you do not have to do anything: without the link none is created.',
    ],
    link: 'Confirm email address',
  }),
  alreadyRegistered: (city) => ({
    subject: `Your account with ${city}: you already have one`,
    paragraphs: [
      `Somebody tried to create an account with ${city} using your email address. You already have one and can sign in with it.`,
      'If you have forgotten your password, use the link to choose a new one. It works for one hour.',
      'If this was not you, you do not have to do anything.',
    ],
    link: 'Choose a new password',
  }),
  reset: (city) => ({
    subject: `Your account with ${city}: new password`,
    paragraphs: [
      'Use the link to choose a new password. It works for one hour and only once.',
      'If this was not you, you do not have to do anything: your password stays as it is.',
    ],
    link: 'Choose a new password',
  }),
  unknown: (city) => ({
    subject: `${city}: there is no account with this address`,
    paragraphs: [
      `Somebody tried to reset the password of an account with ${city} using this email address. There is no such account.`,
      'Perhaps you used another address. With the link you can create an account. It works for 24 hours.',
      'If this was not you, you do not have to do anything.',
    ],
    link: 'Create an account',
  }),
  disabled: (city) => ({
    subject: `Your account with ${city} is locked`,
    paragraphs: [
      'Your account is locked, so you cannot choose a password for it. Please contact us: you find the telephone number in the imprint.',
    ],
    link: null,
  }),
  passwordChanged: (city) => ({
    subject: `Your account with ${city}: password changed`,
    paragraphs: [
      'The password of your account has just been changed. You have been signed out on other devices.',
      'If this was not you, please reset your password now.',
    ],
    link: 'Reset password',
  }),
  changeMail: (city) => ({
    subject: `Your account with ${city}: confirm new email address`,
    paragraphs: [
      'Use the link to confirm that this email address belongs to your account. You will be asked to sign in. The link works for 24 hours.',
      'If this was not you, you do not have to do anything.',
    ],
    link: 'Confirm email address',
  }),
  mailTaken: (city) => ({
    subject: `${city}: this address already belongs to an account`,
    paragraphs: [
      'Somebody tried to use this email address for another account. That is not possible, because it already belongs to yours.',
      'If this was not you, you do not have to do anything.',
    ],
    link: null,
  }),
  mailChanged: (city) => ({
    subject: `Your account with ${city}: email address changed`,
    paragraphs: [
      'Your account now has another email address. We no longer write to this one.',
      'If this was not you, please call us: you will find the telephone number in the imprint.',
    ],
  }),
  invite: (city) => ({
    subject: `Your access to the city hall of ${city}`,
    paragraphs: [
      `An account for your work in the city hall of ${city} has been created for you. Use the link to choose your password. It works for seven days.`,
    ],
    link: 'Choose a password',
  }),
}

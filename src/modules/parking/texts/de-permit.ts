interface Facts {
  readonly number: string
  readonly plate: string
  readonly zone: string
  readonly until: string
  readonly refund: string
}

/** A person's permits: pages, changes, messages, the printed permit. */
export const dePermit = {
  document: {
    heading: 'Bewohnerparkausweis',
    zoneLabel: 'Zone',
    plateLabel: 'Kennzeichen / Number plate',
    validLabel: 'Gültig / Valid',
    numberLabel: 'Ausweisnummer / Number',
    qrAlt: 'QR-Code mit der Adresse, unter der jede Person sehen kann, ob dieser Ausweis gültig ist.',
    qrNote: 'Gültig? Hier prüfen. / Valid? Check here.',
    note: 'Bitte gut lesbar hinter die Windschutzscheibe legen. Er gilt nur für dieses Kennzeichen und auf den Stellplätzen der Zone (StVO § 45 Absatz 1b). Ein Anspruch auf einen freien Platz besteht nicht.',
  },
  permits: {
    title: 'Meine Parkausweise',
    lead: 'Hier ändern Sie das Kennzeichen, melden einen Umzug oder Verlust und geben einen Ausweis zurück.',
    empty: 'Sie haben noch keinen Parkausweis',
    emptyBody: 'Sobald Ihr Antrag bewilligt ist, steht Ihr Bewohnerparkausweis hier.',
    apply: 'Bewohnerparkausweis beantragen',
    one: (plate: string) => `Parkausweis für ${plate}`,
    number: 'Ausweisnummer',
    plate: 'Kennzeichen',
    zone: 'Zone',
    from: 'Gültig ab',
    until: 'Gültig bis',
    standing: 'Stand',
    holder: 'Inhaberin oder Inhaber',
    address: 'Anschrift',
    download: 'Ausweis als PDF',
    open: 'Parkausweis ansehen und ändern',
    renew: 'Verlängern',
    changePlate: 'Kennzeichen ändern',
    move: 'Umzug melden',
    lose: 'Verlust melden',
    giveBack: 'Ausweis zurückgeben',
    actions: 'Was möchten Sie erledigen?',
    ended: 'Diesen Ausweis können Sie nicht mehr ändern.',
    history: 'Verlauf',
    back: 'Meine Parkausweise',
    replacedBy: 'Ersetzt durch',
    ofMine: (plates: readonly string[]) =>
      plates.length === 0 ? 'Kein gültiger Ausweis.' : `Gültig für ${plates.join(', ')}.`,
    renewalSource: 'aus Ihrem bisherigen Parkausweis',
  },
  standing: {
    reserved: 'Antrag läuft',
    upcoming: 'Noch nicht gültig',
    valid: 'Gültig',
    expired: 'Abgelaufen',
    returned: 'Zurückgegeben',
    replaced: 'Ersetzt',
    lost: 'Verloren gemeldet',
  },
  /** Read by the holder and by staff who do it for them: they address neither. */
  changes: {
    plateTitle: 'Kennzeichen ändern',
    plateLead:
      'Der neue Ausweis gilt sofort und für die restliche Zeit. Das kostet nichts. Der alte Ausweis gilt dann nicht mehr.',
    plate: 'Neues Kennzeichen',
    plateHint: 'So steht es im Fahrzeugschein, zum Beispiel: S-AB 1234',
    plateSubmit: 'Kennzeichen ändern',
    certificate: 'Fahrzeugschein des neuen Autos',
    certificateHint: 'Zulassungsbescheinigung Teil I, Vorder- und Rückseite, als PDF oder Foto.',
    certificateKinds: 'PDF, JPEG, PNG, WebP, HEIC',
    certificateNotKept:
      'Zu diesem Ausweis nehmen wir online nichts mehr an. Kommen Sie mit dem Fahrzeugschein zu uns, dann ändern wir das Kennzeichen sofort.',
    certificateMissing: 'Laden Sie den Fahrzeugschein des neuen Autos hoch.',
    upload: {
      'empty-file': 'Die Datei ist leer. Wählen Sie eine andere.',
      'too-large': 'Die Datei ist zu groß. Möglich sind 10 MB.',
      'too-many-files': 'Das sind zu viele Dateien. Möglich sind zwei.',
      'kind-not-allowed': 'Diese Art von Datei können wir nicht annehmen. Wählen Sie ein PDF oder ein Foto.',
      'archive-bomb': 'Diese Datei lässt sich nicht gefahrlos öffnen. Wählen Sie eine andere.',
      'virus-found': 'In der Datei wurde Schadsoftware gefunden. Wir haben sie nicht angenommen.',
      'scanner-unavailable':
        'Dateien können gerade nicht geprüft werden. Versuchen Sie es in einigen Minuten noch einmal.',
      'upload-broken': 'Die Datei ist nicht ganz angekommen. Laden Sie sie bitte noch einmal hoch.',
    },
    plateInvalid: 'Geben Sie das Kennzeichen so ein: S-AB 1234.',
    plateSame: 'Dieses Kennzeichen steht schon auf dem Ausweis.',
    plateTaken: 'Für dieses Kennzeichen gibt es in dieser Zone schon einen Ausweis.',
    moveTitle: 'Umzug melden',
    moveLead:
      'Die neue Hauptwohnung muss schon im Melderegister stehen: Wir sehen dort nach und stellen sofort um. Liegt sie in einer anderen Zone, gibt es einen neuen Ausweis.',
    street: 'Neue Straße',
    houseNumber: 'Hausnummer',
    moveSubmit: 'Umzug melden',
    streetMissing: 'Geben Sie die neue Straße ein.',
    houseNumberMissing: 'Geben Sie die neue Hausnummer ein.',
    addressUnknown: 'Diese Adresse steht nicht in der Adressliste der Stadt. Prüfen Sie Straße und Hausnummer.',
    addressSame: 'Diese Adresse gehört schon zu diesem Ausweis.',
    noZone:
      'Diese Adresse liegt in keiner Bewohnerparkzone. Bitte geben Sie den Ausweis zurück, dann wird ein Teil der Gebühr erstattet.',
    notRegistered:
      'Im Melderegister steht unter dieser Adresse noch keine Hauptwohnung. Der Umzug muss zuerst dort gemeldet sein.',
    lossTitle: 'Verlust melden',
    lossConsequence:
      'Der alte Ausweis gilt ab sofort nicht mehr. Es gibt gleich einen neuen mit anderer Nummer, für die restliche Zeit. Das kostet nichts.',
    lossSubmit: 'Verlust melden',
    returnTitle: 'Ausweis zurückgeben',
    returnConsequence: 'Der Ausweis gilt ab sofort nicht mehr. Das lässt sich nicht rückgängig machen.',
    returnRefund: (money: string, months: string) =>
      `Erstattet werden ${money}: für ${months} volle Monate, die noch übrig sind.`,
    returnNoMonths: 'Es ist kein voller Monat mehr übrig, deshalb wird nichts erstattet.',
    returnNoPayment: 'Zu diesem Ausweis ist keine Zahlung vermerkt, deshalb wird nichts erstattet.',
    returnSubmit: 'Ausweis zurückgeben',
    refundReason: (number: string) => `Rückgabe des Bewohnerparkausweises ${number}`,
    done: {
      plate: 'Das Kennzeichen ist geändert. Der neue Ausweis liegt bereit.',
      moved: 'Der Umzug ist vermerkt. Der neue Ausweis liegt bereit.',
      address: 'Der Umzug ist vermerkt. Der Ausweis gilt weiter.',
      lost: 'Der Verlust ist vermerkt. Der neue Ausweis liegt bereit.',
      returned: 'Der Ausweis ist zurückgegeben. Was erstattet wird, steht in der Nachricht dazu.',
    },
    unavailable: 'Das Melderegister antwortet gerade nicht. Versuchen Sie es bitte in einigen Minuten noch einmal.',
    notValid: 'Dieser Ausweis gilt nicht mehr und kann nicht geändert werden.',
  },
  news: {
    permitLink: 'Zum Parkausweis',
    renewLink: 'Ausweis verlängern',
    'plate-changed': {
      subject: ({ plate }: Facts) => `Neuer Parkausweis für ${plate}`,
      paragraphs: ({ plate, number, zone, until }: Facts) =>
        `Das Kennzeichen Ihres Bewohnerparkausweises ist geändert: ${plate}, Zone ${zone}, gültig bis ${until}.\nDer neue Ausweis hat die Nummer ${number} und liegt bei. Drucken Sie ihn aus und legen Sie ihn hinter die Windschutzscheibe. Der alte Ausweis gilt nicht mehr.`,
    },
    moved: {
      subject: ({ zone }: Facts) => `Neuer Parkausweis für Zone ${zone}`,
      paragraphs: ({ plate, number, zone, until }: Facts) =>
        `Nach Ihrem Umzug gilt Ihr Bewohnerparkausweis in der Zone ${zone}, für ${plate}, bis ${until}.\nDer neue Ausweis hat die Nummer ${number} und liegt bei. Drucken Sie ihn aus und legen Sie ihn hinter die Windschutzscheibe. Der alte Ausweis gilt nicht mehr.`,
    },
    'address-changed': {
      subject: ({ plate }: Facts) => `Umzug vermerkt: Parkausweis für ${plate}`,
      paragraphs: ({ zone, until }: Facts) =>
        `Wir haben Ihre neue Anschrift vermerkt. Sie liegt in derselben Zone: Ihr Ausweis für Zone ${zone} gilt weiter, bis ${until}.`,
    },
    lost: {
      subject: ({ plate }: Facts) => `Ersatz für Ihren Parkausweis ${plate}`,
      paragraphs: ({ plate, number, zone, until }: Facts) =>
        `Ihr verlorener Bewohnerparkausweis gilt nicht mehr. Der neue hat die Nummer ${number}: ${plate}, Zone ${zone}, gültig bis ${until}.\nEr liegt bei. Drucken Sie ihn aus und legen Sie ihn hinter die Windschutzscheibe.`,
    },
    returned: {
      subject: ({ plate }: Facts) => `Parkausweis für ${plate} zurückgegeben`,
      paragraphs: ({ number, refund }: Facts) =>
        `Sie haben den Bewohnerparkausweis ${number} zurückgegeben. Er gilt nicht mehr.` +
        (refund ? `\nSie bekommen ${refund} erstattet, auf demselben Weg, auf dem Sie bezahlt haben.` : ''),
    },
    reminder: {
      subject: ({ plate, until }: Facts) => `Ihr Parkausweis für ${plate} endet am ${until}`,
      paragraphs: ({ plate, zone, until }: Facts) =>
        `Ihr Bewohnerparkausweis für ${plate} in der Zone ${zone} gilt noch bis ${until}.\nMöchten Sie ihn verlängern? Das geht online in wenigen Minuten. Kennzeichen und Beginn sind schon eingetragen.`,
    },
  },
  problems: {
    permitNotValid: 'Sehen Sie unter „Meine Parkausweise“ nach, welcher Ausweis gilt.',
    permitTaken: 'Prüfen Sie das Kennzeichen, oder rufen Sie die Straßenverkehrsbehörde an.',
  },
  findings: {
    nearZone: (zone: string) => `Die Adresse liegt wohl in Zone ${zone}: Das sagt nur die Lage der Stellplätze.`,
    inZone: (zone: string) => `Die Adresse liegt in Zone ${zone}.`,
    noZone: 'Die Adresse liegt in keiner Bewohnerparkzone.',
    unknownAddress: 'Die Adresse steht nicht in der Adressliste der Stadt.',
    noDuplicate: 'Kein anderer Ausweis für Kennzeichen, Zone und Zeit.',
    samePlate: (numbers: string) => `Für Kennzeichen, Zone und Zeit gibt es schon einen Ausweis oder Antrag ${numbers}`,
    sameCar: (numbers: string) =>
      `Für das Auto gibt es in einer anderen Zone schon einen Ausweis oder Antrag ${numbers}`,
    samePerson: (numbers: string) => `Die Person hat in dieser Zeit schon einen Ausweis oder Antrag ${numbers}`,
    taken: 'Ein anderer Ausweis belegt inzwischen Kennzeichen, Zone und Zeit.',
  },
}

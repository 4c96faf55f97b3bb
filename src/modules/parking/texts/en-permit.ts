import type { Translated } from '#platform/i18n/locale.ts'
import type { dePermit } from './de-permit.ts'

export const enPermit: Translated<typeof dePermit> = {
  document: {
    heading: 'Resident parking permit',
    zoneLabel: 'Zone',
    plateLabel: 'Number plate',
    validLabel: 'Valid',
    numberLabel: 'Permit number',
    qrAlt: 'QR code with the address under which everybody can see whether this permit is valid.',
    qrNote: 'Valid? Check here.',
    note: 'Please place it behind the windscreen so that it can be read. It is valid only for this number plate and in the bays of the zone (StVO section 45(1b)). It does not guarantee a free bay.',
  },
  permits: {
    title: 'My parking permits',
    lead: 'Change the number plate, report a move or a loss, or return a permit.',
    empty: 'You have no parking permit yet',
    emptyBody: 'As soon as your application is granted, your resident parking permit is shown here.',
    apply: 'Apply for a resident parking permit',
    one: (plate) => `Parking permit for ${plate}`,
    number: 'Permit number',
    plate: 'Number plate',
    zone: 'Zone',
    from: 'Valid from',
    until: 'Valid until',
    standing: 'State',
    holder: 'Holder',
    address: 'Address',
    download: 'Permit as PDF',
    open: 'View and change the permit',
    renew: 'Renew',
    changePlate: 'Change the number plate',
    move: 'Report a move',
    lose: 'Report a loss',
    giveBack: 'Return the permit',
    actions: 'What would you like to do?',
    ended: 'This permit can no longer be changed.',
    history: 'History',
    back: 'My parking permits',
    replacedBy: 'Replaced by',
    ofMine: (plates) => (plates.length === 0 ? 'No valid permit.' : `Valid for ${plates.join(', ')}.`),
    renewalSource: 'from your current parking permit',
  },
  standing: {
    reserved: 'Application under way',
    upcoming: 'Not yet valid',
    valid: 'Valid',
    expired: 'Expired',
    returned: 'Returned',
    replaced: 'Replaced',
    lost: 'Reported lost',
  },
  changes: {
    plateTitle: 'Change the number plate',
    plateLead:
      'The new permit is valid immediately and for the remaining time. It is free of charge. The old permit then stops being valid.',
    plate: 'New number plate',
    plateHint: 'As in the registration certificate, for example: S-AB 1234',
    plateSubmit: 'Change the number plate',
    certificate: 'Registration certificate of the new car',
    certificateHint: 'Registration certificate part I, front and back, as a PDF or photo.',
    certificateKinds: 'PDF, JPEG, PNG, WebP, HEIC',
    certificateNotKept:
      'We can take nothing more online for this permit. Come to us with the registration certificate, and we change the plate at once.',
    certificateMissing: 'Upload the registration certificate of the new car.',
    upload: {
      'empty-file': 'The file is empty. Choose another one.',
      'too-large': 'The file is too large. The limit is 10 MB.',
      'too-many-files': 'Too many files. The limit is two.',
      'kind-not-allowed': 'We cannot accept this kind of file. Choose a PDF or a photo.',
      'archive-bomb': 'This file cannot be opened safely. Choose another one.',
      'virus-found': 'Malware was found in the file. We have not accepted it.',
      'scanner-unavailable': 'Files cannot be checked at the moment. Please try again in a few minutes.',
      'upload-broken': 'The file did not arrive completely. Please upload it again.',
    },
    plateInvalid: 'Enter the number plate like this: S-AB 1234.',
    plateSame: 'This number plate is already on the permit.',
    plateTaken: 'There is already a permit for this number plate in this zone.',
    moveTitle: 'Report a move',
    moveLead:
      'Your new main residence must already be in the population register: we look it up there and change the permit at once. If it is in another zone, you get a new permit.',
    street: 'New street',
    houseNumber: 'House number',
    moveSubmit: 'Report the move',
    streetMissing: 'Enter the new street.',
    houseNumberMissing: 'Enter the new house number.',
    addressUnknown: "This address is not in the city's list of addresses. Check street and house number.",
    addressSame: 'This is already the address on this permit.',
    noZone:
      'This address is not in a resident parking zone. Please return the permit. Part of the fee is then refunded.',
    notRegistered:
      'The population register shows no main residence at this address yet. Please register your move there first.',
    lossTitle: 'Report a loss',
    lossConsequence:
      'The old permit stops being valid now. You get a new one at once, with another number, for the remaining time. It is free of charge.',
    lossSubmit: 'Report the loss',
    returnTitle: 'Return the permit',
    returnConsequence: 'The permit stops being valid now. This cannot be undone.',
    returnRefund: (money, months) => `${money} will be refunded, for the ${months} whole months that are left.`,
    returnNoMonths: 'No whole month is left, so nothing is refunded.',
    returnNoPayment: 'No payment is recorded for this permit, so nothing is refunded.',
    returnSubmit: 'Return the permit',
    refundReason: (number) => `Return of the resident parking permit ${number}`,
    done: {
      plate: 'The number plate has been changed. The new permit is ready.',
      moved: 'The move has been noted. The new permit is ready.',
      address: 'The move has been noted. The permit stays valid.',
      lost: 'The loss has been noted. The new permit is ready.',
      returned: 'The permit has been returned. Our message to you says what will be refunded.',
    },
    unavailable: 'The population register does not answer at the moment. Please try again in a few minutes.',
    notValid: 'This permit is no longer valid and cannot be changed.',
  },
  news: {
    permitLink: 'Go to the permit',
    renewLink: 'Renew the permit',
    'plate-changed': {
      subject: ({ plate }) => `New parking permit for ${plate}`,
      paragraphs: ({ plate, number, zone, until }) =>
        `The number plate of your resident parking permit has been changed: ${plate}, zone ${zone}, valid until ${until}.\nThe new permit has the number ${number} and is attached. Print it and place it behind the windscreen. The old permit is no longer valid.`,
    },
    moved: {
      subject: ({ zone }) => `New parking permit for zone ${zone}`,
      paragraphs: ({ plate, number, zone, until }) =>
        `After your move your resident parking permit is valid in zone ${zone}, for ${plate}, until ${until}.\nThe new permit has the number ${number} and is attached. Print it and place it behind the windscreen. The old permit is no longer valid.`,
    },
    'address-changed': {
      subject: ({ plate }) => `Move noted: parking permit for ${plate}`,
      paragraphs: ({ zone, until }) =>
        `We have noted your new address. It is in the same zone: your permit for zone ${zone} stays valid until ${until}.`,
    },
    lost: {
      subject: ({ plate }) => `Replacement of your parking permit ${plate}`,
      paragraphs: ({ plate, number, zone, until }) =>
        `Your lost resident parking permit is no longer valid. The new one has the number ${number}: ${plate}, zone ${zone}, valid until ${until}.\nIt is attached. Print it and place it behind the windscreen.`,
    },
    returned: {
      subject: ({ plate }) => `Parking permit for ${plate} returned`,
      paragraphs: ({ number, refund }) =>
        `You have returned the resident parking permit ${number}. It is no longer valid.` +
        (refund ? `\nWe will refund ${refund} the same way you paid.` : ''),
    },
    reminder: {
      subject: ({ plate, until }) => `Your parking permit for ${plate} ends on ${until}`,
      paragraphs: ({ plate, zone, until }) =>
        `Your resident parking permit for ${plate} in zone ${zone} is valid until ${until}.\nWould you like to renew it? It takes a few minutes online. The number plate and the first day are already filled in.`,
    },
  },
  problems: {
    permitNotValid: 'See “My parking permits” for the valid permit.',
    permitTaken: 'Check the number plate, or call the road traffic authority.',
  },
  findings: {
    nearZone: (zone) => `The address is probably in zone ${zone}: only where its bays are says so.`,
    inZone: (zone) => `The address is in zone ${zone}.`,
    noZone: 'The address is not in a resident parking zone.',
    unknownAddress: "The address is not in the city's list of addresses.",
    noDuplicate: 'No other permit for plate, zone and time.',
    samePlate: (numbers) => `There is already a permit or application for this plate, zone and time ${numbers}`,
    sameCar: (numbers) => `There is already a permit or application for this car in another zone ${numbers}`,
    samePerson: (numbers) => `This person already has a permit or application for this time ${numbers}`,
    taken: 'Another permit has been issued for this plate, zone and time in the meantime.',
  },
}

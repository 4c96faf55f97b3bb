/** Typst source of the receipt. Its data are made in `receiptPdf`. */
export const receiptTemplate = `
#let data = json(bytes(sys.inputs.data))
#set page(paper: "a4", margin: (left: 25mm, right: 20mm, top: 25mm, bottom: 25mm))
#set text(size: 11pt, hyphenate: true)

*#data.city.name* \\
#if data.unit != none [#data.unit.name \\ ]
#data.city.street, #data.city.postcode #data.city.place

#v(6mm)
= #data.words.title

#for fact in data.facts [
  #terms.item(fact.label, fact.value)
]

#if data.words.codeNote != none [#data.words.codeNote]

== #data.words.next
#for step in data.next [
  + #step
]

== #data.words.answers
#for section in data.sections [
  === #section.title
  #for entry in section.entries [
    #terms.item(entry.label, entry.value)
  ]
]

== #data.words.contact
#data.city.telephone \\
#data.city.email
`

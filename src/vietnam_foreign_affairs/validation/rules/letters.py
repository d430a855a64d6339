"""Letters and signs of the record's languages, as regular expressions of RE2, for `texts`."""

from __future__ import annotations

VIETNAMESE = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
VIETNAMESE += VIETNAMESE.upper()
LATIN = r"A-Za-z\x{C0}-\x{24F}\x{1EA0}-\x{1EF9}"
OTHER_SCRIPTS = (
    *("ar", "be", "bg", "bn", "el", "fa", "he", "hi", "hy", "ja", "ka", "kk", "km", "ko", "ky"),
    *("lo", "mk", "mn", "my", "ne", "ps", "ru", "sr", "ta", "tg", "th", "uk", "ur", "zh"),
)
HIDDEN = (
    r"[\p{C}\x{115F}\x{1160}\x{180B}-\x{180F}\x{3164}\x{FE00}-\x{FE0F}\x{FFFC}]"
    r"|[^\P{Z} ]|  |(?:\p{Latin}|\p{Cyrillic}|\p{Greek})\p{Mn}"
)
LOST = r"\x{FFFD}|\?[?A-Za-zÀ-ỹ]|[ÂÃÄÅÆ][\x{80}-\x{BF}ƒˆ˜–—‘’‚“”„†‡•…‰‹›€™Œœ ŠšŽžŸ]|á[º»]|â€"
NOT_PLAIN = (
    r"</?[A-Za-z!]|&(?:#x?[0-9a-f]+|[A-Za-z]{2,8});|\*\*|__|~~|`|\]\(|\\[nrtux\"']"
    r"|[A-Za-z]%[0-9A-F]{2}|\[\d+\]|(?i:\b(?:todo|fixme|lorem ipsum)\b)"
    r"|^[=+@#|]|^-\D|^['\"]?(?i:n/?a|n\.a\.|null|none|nil|nan|undefined|unknown|tbd|tba|blank"
    r"|không(?: có| rõ)?|-+|[–—?.…]+)['\"]?$"
)
TWO_ALPHABETS = r"\p{Latin}[\p{Cyrillic}\p{Greek}]|[\p{Cyrillic}\p{Greek}]\p{Latin}|[Ðð]"
CUT = r"^[,;:.)\]]|[,;:(\[]$|\.\.|…$"
CAPITAL_WORDS = r"\pL (?:Of|And|To|For|With|By|From) \pL"
CAPITALS = r"^[^\p{Ll}\p{Lo}]*$"

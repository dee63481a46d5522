"""The country a place is in, where its words name one; a town alone is no country, and nothing is guessed."""

from kith.core.text import fold

# ISO 3166 codes, each with the names people write; what is also a town or a state of another country is left out.
NAMED = """
AD Andorra; AE United Arab Emirates, UAE; AF Afghanistan; AG Antigua and Barbuda; AI Anguilla; AL Albania;
AM Armenia; AO Angola; AR Argentina; AS American Samoa; AT Austria, Österreich; AU Australia; AW Aruba; AX
Åland; AZ Azerbaijan; BA Bosnia and Herzegovina, Bosnia; BB Barbados; BD Bangladesh; BE Belgium, België,
Belgique; BF Burkina Faso; BG Bulgaria, България; BH Bahrain; BI Burundi; BJ Benin; BL Saint Barthélemy; BM
Bermuda; BN Brunei; BO Bolivia; BQ Bonaire; BR Brazil, Brasil; BS Bahamas; BT Bhutan; BW Botswana; BY
Belarus, Беларусь; BZ Belize; CA Canada; CC Cocos Islands; CD Democratic Republic of the Congo, DR Congo; CF
Central African Republic; CG Republic of the Congo; CH Switzerland, Schweiz, Suisse, Svizzera; CI Ivory
Coast, Cote d'Ivoire; CK Cook Islands; CL Chile; CM Cameroon; CN China, 中国, People's Republic of China; CO
Colombia; CR Costa Rica; CU Cuba; CV Cape Verde, Cabo Verde; CW Curaçao; CX Christmas Island; CY Cyprus,
Κύπρος; CZ Czech Republic, Czechia, Česko; DE Germany, Deutschland; DJ Djibouti; DK Denmark, Danmark; DM
Dominica; DO Dominican Republic; DZ Algeria, Algérie, الجزائر; EC Ecuador; EE Estonia, Eesti; EG Egypt, مصر;
EH Western Sahara; ER Eritrea; ES Spain, España; ET Ethiopia; FI Finland, Suomi; FJ Fiji; FK Falkland
Islands; FM Micronesia; FO Faroe Islands; FR France; GA Gabon; GB United Kingdom, UK, U.K., Great Britain,
England, Scotland, Wales, Northern Ireland; GD Grenada; GF French Guiana; GG Guernsey; GH Ghana; GI
Gibraltar; GL Greenland; GM Gambia; GN Guinea; GP Guadeloupe; GQ Equatorial Guinea; GR Greece, Ελλάδα,
Hellas; GT Guatemala; GU Guam; GW Guinea-Bissau; GY Guyana; HK Hong Kong, Hong Kong SAR; HN Honduras; HR
Croatia, Hrvatska; HT Haiti; HU Hungary, Magyarország; ID Indonesia; IE Ireland, Éire, Republic of Ireland;
IL Israel, ישראל; IM Isle of Man; IN India, Bharat, भारत; IQ Iraq; IR Iran, ایران; IS Iceland, Ísland; IT
Italy, Italia; JM Jamaica; JO Jordan; JP Japan, 日本; KE Kenya; KG Kyrgyzstan; KH Cambodia; KI Kiribati; KM
Comoros; KN Saint Kitts and Nevis; KP North Korea; KR South Korea, Korea, Republic of Korea, 대한민국, 한국; KW
Kuwait; KY Cayman Islands; KZ Kazakhstan; LA Laos; LB Lebanon; LC Saint Lucia; LI Liechtenstein; LK Sri
Lanka; LR Liberia; LS Lesotho; LT Lithuania, Lietuva; LU Luxembourg; LV Latvia, Latvija; LY Libya; MA
Morocco, Maroc, المغرب; MC Monaco; MD Moldova; ME Montenegro; MF Saint Martin; MG Madagascar; MH Marshall
Islands; MK North Macedonia, Macedonia; ML Mali; MM Myanmar, Burma; MN Mongolia; MO Macau; MP Northern
Mariana Islands; MQ Martinique; MR Mauritania; MS Montserrat; MT Malta; MU Mauritius; MV Maldives; MW
Malawi; MX Mexico, México; MY Malaysia; MZ Mozambique; NA Namibia; NC New Caledonia; NE Niger; NF Norfolk
Island; NG Nigeria; NI Nicaragua; NL Netherlands, The Netherlands, Holland, Nederland; NO Norway, Norge,
Noreg; NP Nepal; NR Nauru; NU Niue; NZ New Zealand, Aotearoa; OM Oman; PA Panama; PE Peru, Perú; PF French
Polynesia; PG Papua New Guinea; PH Philippines, The Philippines, Pilipinas; PK Pakistan; PL Poland, Polska;
PM Saint Pierre and Miquelon; PN Pitcairn; PR Puerto Rico; PS Palestine; PT Portugal; PW Palau; PY Paraguay;
QA Qatar; RE Réunion; RO Romania, România; RS Serbia, Srbija, Србија; RU Russia, Russian Federation, Россия;
RW Rwanda; SA Saudi Arabia, Kingdom of Saudi Arabia, السعودية; SB Solomon Islands; SC Seychelles; SD Sudan;
SE Sweden, Sverige; SG Singapore; SH Saint Helena; SI Slovenia, Slovenija; SJ Svalbard and Jan Mayen; SK
Slovakia, Slovensko; SL Sierra Leone; SM San Marino; SN Senegal; SO Somalia; SR Suriname; SS South Sudan; ST
Sao Tome and Principe; SV El Salvador; SX Sint Maarten; SY Syria, سوريا; SZ Eswatini; TC Turks and Caicos
Islands; TD Chad; TG Togo; TH Thailand, ประเทศไทย; TJ Tajikistan; TK Tokelau; TL East Timor, Timor-Leste; TM
Turkmenistan; TN Tunisia, Tunisie, تونس; TO Tonga; TR Turkey, Türkiye, Turkiye; TT Trinidad and Tobago; TV
Tuvalu; TW Taiwan, 臺灣, 台灣; TZ Tanzania; UA Ukraine, Україна; UG Uganda; US United States, United States of
America, USA, U.S.A., U.S., US; UY Uruguay; UZ Uzbekistan; VA Vatican City; VC Saint Vincent and the
Grenadines; VE Venezuela; VG British Virgin Islands; VI US Virgin Islands; VN Vietnam, Việt Nam, Viet Nam;
VU Vanuatu; WF Wallis and Futuna; WS Samoa; YE Yemen; YT Mayotte; ZA South Africa; ZM Zambia; ZW Zimbabwe
"""


def country_of(place: str) -> str:
    """The code of the country a place ends with: “Porto, Portugal” is PT; empty where none is named."""
    return CODES.get(fold(place.rpartition(",")[2]), "")


def _codes() -> dict[str, str]:
    rows = (row.partition(" ") for row in " ".join(NAMED.split()).split("; "))
    return {fold(name): code for code, _blank, names in rows for name in names.split(", ")}


CODES = _codes()

"""Invented names of many origins, each with how an address writes it, and where such a person may live.

`f` and `m` say how the drawn face presents; the family names are rare or made up, so that nobody is meant.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """Given names by face, family names, places; pairs are (as written, in Latin letters).

    `skins` bounds the drawn skin, `fair` adds light hair; some women wear a scarf, some men a turban; `family_first` where names begin so.
    """

    f: str
    m: str
    families: str
    places: tuple[str, ...]
    skins: tuple[int, int] = (0, 7)
    worn: str = ""
    family_first: bool = False
    glue: str = " "
    fair: bool = False


ORIGINS = (
    Origin("Sigrid Tuva Ingunn Ragnhild", "Torbjørn Eirik Halvard Sindre", "Vindheim Skarvøy Lillestrand Tjeldnes", ("Bergen", "Tromsø", "Oslo"), (0, 3), fair=True),
    Origin("Aila Pirjo Kerttu Venla", "Oskari Tapio Veikko Ilmari", "Kuusilampi Hallanranta Peltosuo Järvikangas", ("Tampere", "Oulu", "Helsinki"), (0, 2), fair=True),
    Origin("Clémence Maëlle Odile Solène", "Anatole Loïc Théodule Gaspard", "Belcourtin Mirandeau Vauxclair Lestrelle-Roy", ("Lyon", "Nantes", "Liège"), (0, 5), fair=True),
    Origin("Leonore Gesine Frauke Annika", "Hanno Tjark Volkmar Jörn", "Quellenbruch Sturmhövel Oßwaldt Kienaster", ("Leipzig", "Graz", "Basel"), (0, 4), fair=True),
    Origin("Ximena Rocío Itziar Macarena", "Íñigo Lautaro Facundo Eloy", "Villarubia Etxegarai Monteluz Quiñonero", ("Sevilla", "Rosario", "Medellín"), (1, 5)),
    Origin("Iracema Jussara Thaís Benedita", "Caetano Ubirajara Otávio Raimundo", "Araçuaí Figueirinha Brandalise Monte-Claro", ("Recife", "Porto", "Curitiba"), (2, 7)),
    Origin("Dobromiła Jagna Żaneta Kinga", "Świętosław Bożydar Zbysław Mieszko", "Rzepiłow Ćwiklak Źrebiec Wądołek", ("Kraków", "Gdańsk", "Łódź"), (0, 2), fair=True),
    Origin("İpek Çiğdem Gülşen Şirin", "Tuğrul Çağan Yiğithan Oğuz", "Karadümen Yıldırgan Çınarbaş Özgüneyli", ("İzmir", "Ankara", "Bursa"), (1, 4), "scarf"),
    Origin("Adaeze Ngozi Temilade Folasade", "Chukwuemeka Babatunde Obinna Kelechi", "Okorafor-Dike Adeyinka-Obi Nwabundo Ekpenyong", ("Lagos", "Enugu", "Leeds"), (5, 7)),
    Origin("Wanjiru Akinyi Naliaka Chepkemoi", "Kipkoech Otieno Mwangi Baraka", "Ndegwa-Ruto Achiengo Waweruli Kiprotiny", ("Nairobi", "Kisumu", "Mombasa"), (5, 7)),
    Origin("Siti Dewi Ratna Nurul", "Bayu Wayan Agus Rizal", "Kusumaning Wirapati Lestarini Hadiwarna", ("Bandung", "Surabaya", "Penang"), (3, 5), "scarf"),
    Origin("Thảo Quỳnh Diễm Nguyệt", "Đăng Khải Vinh Lương", "Tôn-Thất Đoàn-Lê Khúc Lục", ("Đà Nẵng", "Huế", "Hà Nội"), (1, 4), family_first=True),
    Origin("نور|Noor ليلى|Layla هالة|Hala ريم|Reem", "زياد|Ziad كريم|Karim طارق|Tariq يوسف|Yousef", "الزيتوني|Alzaytouni بحراوي|Bahrawi قنديلة|Qandila الرمّال|Alrammal", ("بيروت", "القاهرة", "Amman"), (2, 6), "scarf"),
    Origin("نگار|Negar شیرین|Shirin پریسا|Parisa مهسا|Mahsa", "آرش|Arash کاوه|Kaveh سینا|Sina بهرام|Bahram", "دشت‌آرا|Dashtara کوهستانی‌فر|Kuhestanifar مهرورزان|Mehrvarzan رودبارچی|Rudbarchi", ("تهران", "شیراز", "Hamburg"), (1, 4)),
    Origin("נעמה|Naama תמר|Tamar שירה|Shira יעל|Yael", "איתי|Itai נועם|Noam אלון|Alon גיא|Guy", "בר־כוכבי|Bar-Kochavi שקדיה|Shkedia נחליאלי|Nachlieli אלמוגן|Almogan", ("חיפה", "תל אביב", "Montréal"), (1, 5)),
    Origin("Злата|Zlata Варвара|Varvara Ярослава|Yaroslava Меланія|Melania", "Богдан|Bohdan Тарас|Taras Всеволод|Vsevolod Мирон|Myron", "Журавлик|Zhuravlyk Вітряненко|Vitrianenko Калинчук|Kalynchuk Дзвінчук|Dzvinchuk", ("Київ", "Львів", "Prague"), (0, 2), fair=True),
    Origin("Ελένη|Eleni Δανάη|Danae Μυρτώ|Myrto Φωτεινή|Foteini", "Ορέστης|Orestis Λευτέρης|Lefteris Στάθης|Stathis Μάριος|Marios", "Θαλασσίου|Thalassiou Ανεμοκλήτου|Anemoklitou Πετροκάστρου|Petrokastrou Λιανοφώτου|Lianofotou", ("Θεσσαλονίκη", "Πάτρα", "Melbourne"), (1, 4)),
    Origin("अनन्या|Ananya मीरा|Meera कावेरी|Kaveri रुक्मिणी|Rukmini", "आरव|Aarav देवेश|Devesh ईशान|Ishan नकुल|Nakul", "वनमालीकर|Vanamalikar सागरदत्त|Sagardatt मेघवाले|Meghwale दीपमणि|Deepmani", ("पुणे", "जयपुर", "Bengaluru"), (3, 6)),
    Origin("Harleen Simrat Gurpreet Navneet", "Jaskaran Balvinder Tejpal Manvir", "Sohanpuri Kamboja-Gill Randhirwal Bhattalia", ("Amritsar", "Brampton", "Southall"), (3, 5), "turban"),
    Origin("美咲|Misaki 紗良|Sara 千尋|Chihiro 葵|Aoi", "悠斗|Yuto 健吾|Kengo 蓮|Ren 大和|Yamato", "波止場|Hatoba 雲雀野|Hibarino 灯台|Todai 柚木原|Yuzukihara", ("京都", "札幌", "Lisbon"), (0, 3), family_first=True),
    Origin("雨桐|Yutong 思妍|Siyan 若溪|Ruoxi 梓涵|Zihan", "浩然|Haoran 子墨|Zimo 俊逸|Junyi 文博|Wenbo", "欧阳|Ouyang 司徒|Situ 慕容|Murong 上官|Shangguan", ("成都", "台北", "Vancouver"), (0, 3), family_first=True, glue=""),
    Origin("서연|Seoyeon 하은|Haeun 지우|Jiwoo 민서|Minseo", "도윤|Doyun 준호|Junho 시우|Siwoo 태민|Taemin", "남궁|Namgung 제갈|Jegal 선우|Seonwoo 황보|Hwangbo", ("서울", "부산", "Berlin"), (0, 3), family_first=True, glue=""),
    Origin("Aroha Marama Ngaio Hinewai", "Tāne Wiremu Rāwiri Kahu", "Awanui-Tapsell Parāone-Moana Whakatere", ("Whangārei", "Ōtautahi", "Wellington"), (3, 6)),
    Origin("Maeve Morwenna Eilidh Ffion", "Padraig Hamish Iestyn Cormac", "Fennimore-Shaw Trevanion-Lark MacAskadale Pryce-Hollin", ("Cork", "Cardiff", "Dundee"), (0, 6), fair=True),
    Origin("Delphine Tamika Josephine Marisol", "Everett Desmond Malachi Emory", "Whitlock-Reyes Lavalier Standing-Elk Boudreau-Kim", ("Baltimore", "Halifax", "Tulsa"), (0, 7), fair=True),
)  # fmt: skip

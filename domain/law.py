"""条・項・号 as a value: What every event and every refusal cites.

A citation is stored with each event, shown to the operator and printed on the notice.
Statutes are named by their e-Gov id, articles by the `Num` of the e-Gov XML, so that a
reader can find the text from the record alone.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

LAW_NAMES = {
    "322AC0000000067": "法",
    "322CO0000000016": "令",
    "322M40000008029": "規則",
    "421M60000008014": "処理委員省令",
    "405AC0000000088": "行手法",
    "426AC0000000068": "行審法",
    "337AC0000000139": "行訴法",
    "129AC0000000089": "民法",
    "403AC0000000090": "借地借家法",
    "407CO0000000372": "特例政令",
    "421AC0000000066": "公文書管理法",
    "415AC0000000057": "個人情報保護法",
    "351M50000008035": "特別交付税省令",
}


class Citation(BaseModel):
    """条項号: One provision of one statute.

    `law` is the e-Gov id, `article` the e-Gov `Num` ("260_49" is 第260条の49), `item` a 号
    with its subdivision if any ("1_イ" is 第1号イ).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    law: str
    article: str
    paragraph: int | None = None
    item: str | None = None

    def para(self, paragraph: int, item: int | str | None = None) -> Citation:
        """The same article, narrowed to a paragraph and perhaps an item."""
        return Citation(
            law=self.law,
            article=self.article,
            paragraph=paragraph,
            item=None if item is None else str(item),
        )

    def __str__(self) -> str:
        """「法第260条の49第11項」, as an official writes it."""
        name = LAW_NAMES.get(self.law, self.law)
        return f"{name}{_article(self.article)}{_paragraph(self.paragraph)}{_item(self.item)}"


def _article(num: str) -> str:
    head, *branches = num.split("_")
    return f"第{head}条" + "".join(f"の{branch}" for branch in branches)


def _paragraph(paragraph: int | None) -> str:
    return "" if paragraph is None else f"第{paragraph}項"


def _item(item: str | None) -> str:
    if item is None:
        return ""
    number, _, subdivision = item.partition("_")
    return f"第{number}号{subdivision}"


def _statute(law: str, article: str) -> Citation:
    return Citation(law=law, article=article)


LAA, LAO, LAR = "322AC0000000067", "322CO0000000016", "322M40000008029"
PROCUREMENT, BLR = "407CO0000000372", "403AC0000000090"
APA, ARA, ACL, CIVIL = "405AC0000000088", "426AC0000000068", "337AC0000000139", "129AC0000000089"
RECORDS, PRIVACY = "421AC0000000066", "415AC0000000057"
DCO = "421M60000008014"

ART_4_2 = _statute(LAA, "4_2")
"""地方公共団体の休日."""
ART_14 = _statute(LAA, "14")
"""条例."""
ART_179 = _statute(LAA, "179")
"""議会の権限に属する事件の専決処分."""
ART_251 = _statute(LAA, "251")
"""自治紛争処理委員."""
ART_251_2 = _statute(LAA, "251_2")
"""調停."""
ART_251_3_2 = _statute(LAA, "251_3_2")
"""処理方策の提示."""
ART_252_2 = _statute(LAA, "252_2")
"""連携協約."""
ART_252_17 = _statute(LAA, "252_17")
"""職員の派遣."""
ART_253 = _statute(LAA, "253")
"""都道府県知事の権限に属する市町村に関する事件の管轄知事."""
ART_260_49 = _statute(LAA, "260_49")
"""指定地域共同活動団体."""
ART_92_2 = _statute(LAA, "92_2")
"""議員の兼業の禁止."""
ART_96 = _statute(LAA, "96")
"""議会の議決事件."""
ART_142 = _statute(LAA, "142")
"""長の兼業の禁止."""
ART_232_2 = _statute(LAA, "232_2")
"""寄附又は補助."""
ART_235_5 = _statute(LAA, "235_5")
"""出納の閉鎖."""
ART_234 = _statute(LAA, "234")
"""契約の締結."""
ART_234_2 = _statute(LAA, "234_2")
"""契約の履行の確保（監督及び検査）."""
ART_237 = _statute(LAA, "237")
"""財産の管理及び処分."""
ART_238_2 = _statute(LAA, "238_2")
"""公有財産に関する長の総合調整権."""
ART_238_4 = _statute(LAA, "238_4")
"""行政財産の管理及び処分."""
ART_238_5 = _statute(LAA, "238_5")
"""普通財産の管理及び処分（行政財産の貸付けに準用）."""
ART_153 = _statute(LAA, "153")
"""長の権限に属する事務の委任及び臨時代理."""
ORDER_174_6 = _statute(LAO, "174_6")
"""調停の手続: 施行令第174条の6."""
ORDER_174_8 = _statute(LAO, "174_8")
"""処理方策の提示の手続: 施行令第174条の8."""
DCO_3 = _statute(DCO, "3")
"""代表自治紛争処理委員."""
DCO_4 = _statute(DCO, "4")
"""自治紛争処理委員が欠けた場合の措置."""
DCO_5 = _statute(DCO, "5")
"""調停の申請の方式."""
DCO_42 = _statute(DCO, "42")
"""処理方策の提示の申請の方式."""
DCO_43 = _statute(DCO, "43")
"""期日における映像等の送受信."""
DCO_44 = _statute(DCO, "44")
"""代理人等."""
DCO_45 = _statute(DCO, "45")
"""期日の公開・非公開."""
DCO_47 = _statute(DCO, "47")
"""参考人・鑑定人."""
DCO_48 = _statute(DCO, "48")
"""期日外における事実の調査."""
DCO_49 = _statute(DCO, "49")
"""合議によるべき事項."""
ORDER_121_2 = _statute(LAO, "121_2")
"""兼業の禁止から除く一年度の請負の額."""
ORDER_179_2 = _statute(LAO, "179_2")
"""指定都市の特定調達契約の制限."""
PROCUREMENT_3 = _statute(PROCUREMENT, "3")
"""特例政令の適用される調達契約（総務大臣の定める額）."""
PROCUREMENT_11 = _statute(PROCUREMENT, "11")
"""特定調達契約で随意契約によることができる場合."""
LEASE_38 = _statute(BLR, "38")
"""定期建物賃貸借."""
LEASE_3 = _statute(BLR, "3")
"""借地権の存続期間（適用しない）."""
LEASE_4 = _statute(BLR, "4")
"""借地権の更新後の期間（適用しない）."""
RULE_22_5_2 = _statute(LAR, "22_5_2")
"""定款・規約等に記載する八つの事項: 施行規則第22条の5の2."""
APA_5 = _statute(APA, "5")
"""審査基準."""
APA_6 = _statute(APA, "6")
"""標準処理期間."""
APA_7 = _statute(APA, "7")
"""申請に対する審査、応答."""
APA_8 = _statute(APA, "8")
"""拒否の理由の提示."""
APA_13 = _statute(APA, "13")
"""不利益処分をしようとする場合の手続."""
APA_14 = _statute(APA, "14")
"""不利益処分の理由の提示."""
APA_15 = _statute(APA, "15")
"""聴聞の通知の方式."""
APA_16 = _statute(APA, "16")
"""代理人."""
APA_17 = _statute(APA, "17")
"""参加人."""
APA_18 = _statute(APA, "18")
"""文書等の閲覧."""
APA_19 = _statute(APA, "19")
"""聴聞の主宰."""
APA_20 = _statute(APA, "20")
"""聴聞の期日における審理の方式."""
APA_21 = _statute(APA, "21")
"""陳述書等の提出."""
APA_22 = _statute(APA, "22")
"""続行期日の指定."""
APA_23 = _statute(APA, "23")
"""当事者の不出頭等の場合における聴聞の終結."""
APA_24 = _statute(APA, "24")
"""聴聞調書及び報告書."""
APA_25 = _statute(APA, "25")
"""聴聞の再開."""
APA_26 = _statute(APA, "26")
"""聴聞を経てされる不利益処分の決定."""
APA_36_3 = _statute(APA, "36_3")
"""処分等の求め."""
APA_31 = _statute(APA, "31")
"""聴聞に関する手続（公示による通知、代理人）の弁明への準用."""
APA_29 = _statute(APA, "29")
"""弁明の機会の付与の方式."""
APA_30 = _statute(APA, "30")
"""弁明の機会の付与の通知の方式."""
ARA_2 = _statute(ARA, "2")
"""処分についての審査請求."""
ARA_3 = _statute(ARA, "3")
"""不作為についての審査請求."""
ARA_9 = _statute(ARA, "9")
"""審理員."""
ARA_12 = _statute(ARA, "12")
"""代理人による審査請求."""
ARA_18 = _statute(ARA, "18")
"""審査請求期間."""
ARA_23 = _statute(ARA, "23")
"""審査請求書の補正."""
ARA_24 = _statute(ARA, "24")
"""審理手続を経ないでする却下裁決."""
ARA_25 = _statute(ARA, "25")
"""執行停止."""
ARA_26 = _statute(ARA, "26")
"""執行停止の取消し."""
ARA_27 = _statute(ARA, "27")
"""審査請求の取下げ."""
ARA_29 = _statute(ARA, "29")
"""弁明書の提出."""
ARA_30 = _statute(ARA, "30")
"""反論書等の提出."""
ARA_31 = _statute(ARA, "31")
"""口頭意見陳述."""
ARA_42 = _statute(ARA, "42")
"""審理員意見書."""
ARA_43 = _statute(ARA, "43")
"""行政不服審査会等への諮問."""
ARA_44 = _statute(ARA, "44")
"""裁決の時期."""
ARA_45 = _statute(ARA, "45")
"""処分についての審査請求の却下又は棄却."""
ARA_46 = _statute(ARA, "46")
"""処分についての審査請求の認容."""
ARA_48 = _statute(ARA, "48")
"""不利益変更の禁止."""
ARA_49 = _statute(ARA, "49")
"""不作為についての審査請求の裁決."""
ARA_50 = _statute(ARA, "50")
"""裁決の方式."""
ARA_51 = _statute(ARA, "51")
"""裁決の効力発生（送達）."""
ARA_52 = _statute(ARA, "52")
"""裁決の拘束力."""
ARA_79 = _statute(ARA, "79")
"""答申書の送付等."""
ARA_81 = _statute(ARA, "81")
"""地方公共団体に置かれる機関."""
ARA_82 = _statute(ARA, "82")
"""不服申立てをすべき行政庁等の教示."""
ACL_46 = _statute(ACL, "46")
"""取消訴訟等の提起に関する事項の教示."""
ACL_8 = _statute(ACL, "8")
"""処分の取消しの訴えと審査請求との関係."""
ACL_14 = _statute(ACL, "14")
"""取消訴訟の出訴期間."""
ACL_25 = _statute(ACL, "25")
"""取消訴訟における執行停止."""
ACL_26 = _statute(ACL, "26")
"""事情変更による執行停止の取消し."""
ACL_32 = _statute(ACL, "32")
"""取消判決等の効力."""
ACL_33 = _statute(ACL, "33")
"""取消判決の拘束力."""
CIVIL_98 = _statute(CIVIL, "98")
"""公示による意思表示."""
CIVIL_604 = _statute(CIVIL, "604")
"""賃貸借の存続期間（適用しない）."""
CIVIL_140 = _statute(CIVIL, "140")
"""初日不算入."""
CIVIL_142 = _statute(CIVIL, "142")
"""期間の末日が休日に当たるとき."""
CIVIL_143 = _statute(CIVIL, "143")
"""暦による期間の計算."""
RECORDS_34 = _statute(RECORDS, "34")
"""地方公共団体の文書管理."""
PRIVACY_61 = _statute(PRIVACY, "61")
"""個人情報の保有の制限等."""
PRIVACY_100 = _statute(PRIVACY, "100")
"""保有個人情報の利用停止義務."""

"""Texts are folded for search and order, names normalised, and clients' phones have extensions.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# services/core/search.py explains them. Spelled out, so that no server's locale or library has a say.
_LETTERS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÆÐØÞðøĐđĦħıŁłŊŋŒŦŧƁƂƄƆƇƉƊƋƎƏƐƑƒƓƔƖƗƘƜƝƟƢƤƦƧƩƬƮƱƲƳƵƷƸƼǤ"
    "ǶǷȜȠȢȤȺȻȽȾɁɃɄɅɆɈɊɌɎɓɗəɨͰͲͶͿΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩςϏϘϚϜϞϠϢϤϦϨϪϬϮϷϺϽϾϿЂЄЅІЈЉЊЋЏА"
    "БВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѸѺѼѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӃӅӇӉӋӍ"
    "ӔӘӠӨӶӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖẞ"
)
_FOLDED = (
    "abcdefghijklmnopqrstuvwxyzædoþdoddhhillnnœttbƃƅɔƈɖdƌǝeɛffɠɣɩiƙɯɲɵƣƥʀƨʃƭʈʊʋƴƶʒƹƽǥ"
    "ƕƿȝƞȣȥⱥȼƚⱦɂƀʉʌɇɉɋɍɏbdeiͱͳͷϳαβγδεζηθικλμνξοπρστυφχψωσϗϙϛϝϟϡϣϥϧϩϫϭϯϸϻͻͼͽђєѕіјљњћџа"
    "бвгдежзиклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѹѻѽѿҁҋҍҏґғҕҗҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӄӆӈӊӌӎ"
    "ӕәӡөӷӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯաբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆß"
)
_SILENT = r"['’‘ʼ`´\u00ad\u200b-\u200d\u2060\ufeff]"
_MARKS = r"[\u0300-\u036f]"
_BREAKS = (
    r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u02b0-\u02ff"
    r"\u2000-\u2bff\u3000-\u303f\ufe00-\ufe0f]+"
)
_COLUMNS = (
    ("client", "name_folded", "name"),
    ("client", "folded", "name || ' ' || label"),
    ("artist", "folded", "name"),
    ("user", "name_folded", "name"),
    ("delivery", "folded", "\"to\" || ' ' || subject"),
)
_NAMED = ("client", "artist", '"user"', "engineer", "performer")


def upgrade() -> None:
    op.execute(sa.text(_folded_function()))
    for table in _NAMED:
        _normalise_names(table)
    for table, column, of in _COLUMNS:
        op.add_column(table, sa.Column(column, sa.Text(), sa.Computed(f"folded({of})", persisted=True)))
    op.add_column("client", sa.Column("phone_extension", sa.String(), server_default="", nullable=False))
    op.alter_column("client", "phone_extension", server_default=None)
    op.drop_index("ix_client_name", table_name="client")
    op.drop_index("uq_client_phone", table_name="client", postgresql_where=sa.text("deleted_at is null"))
    op.create_index("ix_client_name_folded", "client", ["name_folded", "id"], unique=False)
    op.create_index(
        "uq_client_phone",
        "client",
        ["phone", "phone_extension"],
        unique=True,
        postgresql_where=sa.text("deleted_at is null"),
    )


def downgrade() -> None:
    """Of clients who share a number, each with an extension of their own, only the first keeps it."""
    op.drop_index("uq_client_phone", table_name="client", postgresql_where=sa.text("deleted_at is null"))
    op.drop_index("ix_client_name_folded", table_name="client")
    op.execute(
        """
        update client set phone = null
         where id in (select id from (select id, row_number() over (partition by phone order by id) as nth
                                        from client where deleted_at is null and phone is not null) numbered
                       where nth > 1)
        """
    )
    op.drop_column("client", "phone_extension")
    for table, column, _ in _COLUMNS:
        op.drop_column(table, column)
    op.execute("drop function folded(text)")
    op.create_index("ix_client_name", "client", [sa.literal_column("lower(name) text_pattern_ops")], unique=False)
    op.create_index("uq_client_phone", "client", ["phone"], unique=True, postgresql_where=sa.text("deleted_at is null"))


def _folded_function() -> str:
    """Its body is parsed once: it means the same whatever the search path of who restores it."""
    text = f"regexp_replace($1, {_literal(_SILENT)}, '', 'g')"
    text = f"regexp_replace(normalize({text}, nfkd), {_literal(_MARKS)}, '', 'g')"
    text = f"translate({text}, {_literal(_LETTERS)}, {_literal(_FOLDED)})"
    for letter, pair in (("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("þ", "th")):
        text = f"replace({text}, {_literal(letter)}, {_literal(pair)})"
    text = f"btrim(regexp_replace({text}, {_literal(_BREAKS)}, ' ', 'g'))"
    return f"create function folded(text) returns text language sql immutable strict parallel safe return {text}"


def _literal(text: str) -> str:
    quoted = text.replace("'", "''").replace(":", r"\:")
    return f"'{quoted}'"


def _normalise_names(table: str) -> None:
    """Composed letters and single blanks. Where that would make two artists of a client one, both stay."""
    tidy = r"btrim(regexp_replace(normalize(name, nfc), '[\s\u00a0\u2000-\u200a\u3000]+', ' ', 'g'))"
    is_free = (
        f"and not exists (select from artist other where other.client_id = one.client_id and other.id <> one.id"
        f" and lower({tidy.replace('name', 'other.name')}) = lower({tidy.replace('name', 'one.name')}))"
        if table == "artist"
        else ""
    )
    op.execute(
        f"update {table} one set name = {tidy} where name <> {tidy} and {tidy} <> '' {is_free}".replace(":", r"\:")
    )

"""What every balance has to be at any moment: I1 to I3, I6 and I16 as one question to the server's database."""

from typing import Final

BALANCES: Final = """
    SELECT 'I1 ' || a.member_id || '/' || a.programme_id || ': ledger ' || COALESCE(l.units, 0) || ', posted '
        || a.posted
        FROM accounts a LEFT JOIN (SELECT member_id, programme_id, SUM(units) AS units FROM ledger
            GROUP BY member_id, programme_id) l USING (member_id, programme_id)
        WHERE COALESCE(l.units, 0) <> a.posted
    UNION ALL
    SELECT 'I1 ' || a.member_id || '/' || a.programme_id || ': lots ' || COALESCE(l.units, 0) || ', posted ' || a.posted
        FROM accounts a LEFT JOIN (SELECT member_id, programme_id, SUM(units) AS units FROM lots
            GROUP BY member_id, programme_id) l USING (member_id, programme_id)
        WHERE a.kind = 'member' AND COALESCE(l.units, 0) <> a.posted
    UNION ALL
    SELECT 'I2 ' || member_id || '/' || programme_id || ': held ' || held || ' of ' || posted
        FROM accounts WHERE kind = 'member' AND (posted < 0 OR held < 0 OR held > posted)
    UNION ALL
    SELECT 'I3 ' || a.member_id || '/' || a.programme_id || ': held ' || a.held || ', holds come to '
        || COALESCE(r.need, 0)
        FROM accounts a LEFT JOIN (SELECT member_id, programme_id, SUM(need) AS need FROM redemptions
            WHERE state = 'held' GROUP BY member_id, programme_id) r USING (member_id, programme_id)
        WHERE a.held <> COALESCE(r.need, 0)
    UNION ALL
    SELECT 'I3 ' || a.member_id || '/' || a.programme_id || ': held ' || a.held || ', pinned ' || COALESCE(l.pinned, 0)
        FROM accounts a LEFT JOIN (SELECT member_id, programme_id, SUM(pinned) AS pinned FROM lots
            GROUP BY member_id, programme_id) l USING (member_id, programme_id)
        WHERE a.kind = 'member' AND a.held <> COALESCE(l.pinned, 0)
    UNION ALL
    SELECT 'I16 ' || COUNT(*) || ' live holds of one account on bill ' || bill_id FROM redemptions WHERE state = 'held'
        GROUP BY bill_id, member_id, programme_id HAVING COUNT(*) > 1
    UNION ALL
    SELECT 'I6 ' || COUNT(*) || ' captures of one account on bill ' || bill_id FROM redemptions
        WHERE state = 'captured' GROUP BY bill_id, member_id, programme_id HAVING COUNT(*) > 1
"""  # fmt: skip

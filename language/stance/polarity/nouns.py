"""The nouns and adjectives of our lexicon, with the axes they point along; `turn` and `keep` act as with verbs."""

SENSES: tuple[tuple[str, str], ...] = (
    (
        "accord+",
        """tie relation relationship agreement deal pact accord treaty partnership alliance friendship cooperation
        collaboration partner ally friend trust unity solidarity rapprochement detente reconciliation dialogue talk
        negotiation summit visit meeting handshake merger union goodwill thaw normalisation normalization outreach
        diplomacy mediation consensus harmony understanding bond cooperative friendly closer ironclad bilateral
        joint strategic_partnership trade_deal free_trade memorandum support backing help concession assurance reset
        delegation state_visit red_carpet compromise rapport engagement conciliatory""",
    ),
    (
        "accord-",
        """sanction tension dispute rift feud quarrel row spat clash friction hostility enmity animosity rivalry
        conflict condemnation criticism rebuke accusation warning ultimatum retaliation tariff trade_war embargo
        boycott standoff stand-off impasse deadlock split division discord distrust mistrust cold_shoulder
        crisis_in_ties pressure coercion bullying aggression interference provocation fallout strain betrayal
        blacklist expulsion tough stern angry hostile tense strained fraught bitter stalled frosty sour fault_line
        differences adversary foe rival enemy breach violation backlash controversy protest uproar outrage anger
        fury""",
    ),
    (
        "force+",
        """war warfare attack strike airstrike air_strike bombing bombardment shelling invasion raid assault offensive
        incursion siege blockade shooting killing massacre violence bloodshed hostility fighting battle combat
        gunfire missile drone warplane warship troop soldier casualty deaths death_toll explosion blast escalation
        aggression aggressive occupation annexation coup insurgency drill exercise war_game mobilisation
        mobilization buildup build-up deployment military_intervention intervention nuclear_test weapon arms_race
        arms militant deadly armed violent clashes unrest riot crackdown genocide atrocity terror terrorism gunman
        hostage fatality military_action military_operation boots_on_the_ground live-fire war_crime military""",
    ),
    (
        "force-",
        """peace ceasefire cease-fire truce armistice de-escalation deescalation disarmament withdrawal pullout
        pullback retreat calm restraint peaceful peacekeeper peacekeeping demilitarisation demilitarization
        denuclearisation denuclearization nonviolent peace_deal peace_plan peace_talk settlement surrender""",
    ),
    (
        "amount+ keep",
        """rise increase growth surge jump gain expansion boom spike hike uptick upswing rally record high peak
        acceleration higher record_high all-time_high record-breaking soaring surplus up stronger robust booming
        more bigger larger greater biggest highest strongest expensive pricey dear costlier more_than_expected
        more_than_forecast glut abundance""",
    ),
    (
        "amount- turn",
        """fall drop decline decrease slump plunge slowdown downturn contraction reduction cut dip slide crash collapse
        shrinkage lower low record_low shortage shortfall deficit weak weaker sluggish slowing falling declining
        shrinking down fewer less smaller lowest weakest cheap cheaper less_than_expected less_than_forecast
        less_than_feared sell-off selloff bear_market scarcity squeeze""",
    ),
    (
        "contest+",
        """victory win triumph winner champion favourite favorite front-runner frontrunner landslide majority lead
        title breakthrough success successful comeback dominant dominance advantage momentum mandate ahead leading
        popular popularity""",
    ),
    (
        "contest-",
        """defeat loss loser setback underdog upset elimination flop failure unsuccessful behind trailing humiliation
        unpopular unpopularity blunder misstep rout""",
    ),
    (
        "office+",
        """re-election reelection second_term third_term incumbent incumbency leadership hold_on_power grip_on_power
        control inauguration swearing-in succession successor appointment survival""",
    ),
    (
        "office-",
        """resignation ouster ousting overthrow downfall impeachment removal dismissal no-confidence
        leadership_challenge leadership_contest rebellion revolt mutiny exile abdication coup regime_change
        transition interim restless replacement scandal plot""",
    ),
    (
        "being+ keep",
        """start launch opening beginning continuation extension renewal resumption restoration establishment creation
        construction completion implementation progress presence ongoing lasting permanent enduring continued
        continuing steady stable strong stability commitment committed determined adherence rollout roll-out debut
        production plan return arrival revival unstoppable inevitable certain resilient resilience alive intact
        unchanged unwavering steadfast declaration announcement proclamation""",
    ),
    (
        "being- turn",
        """is_over are_over was_over all_over end ending halt closure shutdown cancellation suspension termination
        abolition breakdown collapse failure expiry expiration lapse removal repeal revocation exit departure
        abandonment interruption disruption absence stoppage demise dissolution breakup break-up split-off
        unfinished temporary doomed dead defunct lack paralysis freeze uncertain unclear fragile shaky elusive""",
    ),
    (
        "assent+",
        """approval consent permission authorisation authorization ratification licence license permit go-ahead
        endorsement confirmation recognition acceptance green_light nod legal lawful passage""",
    ),
    (
        "assent-",
        """rejection refusal ban veto prohibition objection opposition denial injunction moratorium restriction illegal
        unlawful unconstitutional resistance obstacle hurdle roadblock barrier lawsuit appeal scepticism skepticism
        doubt""",
    ),
    (
        "welfare+",
        """recovery improvement rebound cure boost prosperity benefit stimulus relief hope optimism optimistic upbeat
        promising positive better best healthy safe safer safety secure efficacy effective remedy bright
        silver_lining cheer celebration upside affordable jubilant historic milestone innovation""",
    ),
    (
        "welfare-",
        """crisis outbreak epidemic pandemic disaster catastrophe recession inflation bankruptcy unemployment layoff
        debt poverty famine hunger starvation drought flood wildfire disease infection illness death injury damage
        harm danger risk threat_to fear worry concern alarm gloom gloomy pessimism bleak grim dire bad worse worst
        poor negative negatively severe struggling troubled trouble failing ailing vulnerable problem woe turmoil
        chaos instability unstable headwind burden hardship misery devastation tragedy accident corruption fraud
        scandal contamination pollution emergency toll blackout outage collapse chaotic volatile volatility toxic
        dangerous disappointing despair malaise insecurity""",
    ),
    (
        "pace+",
        """imminent early ahead_of_schedule on_track on_course on_schedule acceleration readiness ready poised upcoming
        looming nearer final_stage preparation""",
    ),
    (
        "pace- turn",
        """delay postponement deferral late overdue behind_schedule backlog slow slower stall stalemate gridlock limbo
        hesitation bottleneck""",
    ),
    (
        "liberty+",
        """release acquittal pardon amnesty freedom liberty parole exoneration free innocent liberation democracy
        prisoner_swap""",
    ),
    (
        "liberty-",
        """arrest detention imprisonment conviction sentence prison jail indictment prosecution custody trial guilty
        charge extradition deportation execution repression suppression censorship dictator authoritarian""",
    ),
)  # fmt: skip

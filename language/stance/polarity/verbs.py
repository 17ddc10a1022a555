"""The verbs of our lexicon: on which axes an event points which way, and what it does to the event it governs.

The idea of ordering political events by cooperation and conflict is that of CAMEO (Schrodt, 2012) and of Goldstein's
scale (Journal of Conflict Resolution 36, 1992); the axes, the words and their signs are our own.

Each row is a sense and its verbs. A sense names axes with a sign, and may name a way of acting: `turn` reverses the
event it governs ("ends the war"), `keep` carries it on ("extends the truce"), `over` is done to a rival, for whom it
points the other way ("beats"). A space in a phrase is written "_".
"""

SENSES: tuple[tuple[str, str], ...] = (
    # accord: how actors stand to each other
    (
        "accord+",
        """patch_up make_peace_with stay_reconciled kiss_and_make_up come_round come_around warm merge unify accede
        affiliate enter_union side count_on rely_on lean_on bow_to give_in give_in_to yield cave cave_in accommodate
        placate appease concede open_up_to hold_talks open_talks resume_talks agree cooperate collaborate ally align
        partner reconcile mediate broker negotiate engage meet visit host greet hail praise applaud congratulate
        thank endorse back support assist aid defend_ally trust reassure pledge_support reaffirm restore_ties
        mend_ties forge embrace unite join rejoin dine consult sign_deal strike_deal strike_a_deal reach_deal
        reach_a_deal reach_agreement reach_an_agreement seal_deal shake_hands make_up team_up open_embassy normalise
        normalize reset_ties offer_help side_with stand_by stand_with rally_behind invite send_aid donate fund
        bankroll befriend woo apologise apologize concede_to compromise cosy_up cozy_up turn_to draw_closer warm_to
        extend_hand exchange_envoys share_intelligence""",
    ),
    (
        "accord-",
        """fall_foul stay_away keep_away recall drift_apart turn_away turn_its_back freeze_out shut_out pull_apart
        walk_out_on call_out take_aim double_down stand_up_to secede break_away split_off go_it_alone clash condemn
        denounce criticise criticize accuse blame slam blast rebuke scold lambast decry deplore protest snub shun
        boycott isolate alienate antagonise antagonize insult mock humiliate threaten warn sanction blacklist
        penalise penalize punish retaliate expel recall_ambassador summon break_with break_off fall_out distrust
        betray defy confront challenge oppose resist dispute quarrel feud spar argue differ disagree divide split
        rift hit_out lash_out fire_back hit_back push_back spurn rebuff anger enrage irk infuriate provoke alarm
        sever cut_ties downgrade_ties turn_against pressure coerce bully blackmail sue lecture jeer boo interfere
        meddle spy undermine sabotage tariff attack_record crack_down turn_up_heat""",
    ),
    # force: arms and their use
    (
        "force+",
        """take_by_force send_national_guard march_on move_on clamp_down launch_offensive launch_attack launch_strikes
        carry_out_strikes fire_on open_war go_to_war attack strike bomb bombard shell invade raid assault storm
        besiege blockade shoot shoot_dead gun_down kill assassinate massacre slaughter wound injure maim torture
        abduct kidnap ambush occupy annex seize capture overrun advance_on escalate mobilise mobilize arm rearm
        deploy station encircle launch_missile test_missile fire_missile open_fire fight battle combat wage torpedo
        intercept hit_target pound hammer ravage burn destroy demolish level displace drill rehearse militarise
        militarize conscript intervene_militarily target clash_with_troops stage_drills hold_drills send_troops
        send_warships down_drone blow_up explode detonate retaliate riot loot""",
    ),
    (
        "force-",
        """give_up_weapons put_down_arms lay_down_weapons bring_home hand_over_weapons agree_truce hold_back disarm
        demobilise demobilize surrender capitulate withdraw_troops pull_troops pull_out_troops stand_down
        lay_down_arms cease_fire hold_fire de-escalate deescalate pacify calm defuse evacuate retreat demilitarise
        demilitarize denuclearise denuclearize make_peace end_war end_hostilities""",
    ),
    # amount: more or less of something
    (
        "amount+ keep",
        """climb_back get_back_to outgrow strengthen run_hot heat_up take_off overheat perk_up reach_record
        tighten_supply outnumber lengthen enrich rise raise increase grow climb surge jump soar expand boost double
        triple quadruple accelerate escalate widen deepen swell mount multiply inflate gain add hike lift_rates top
        exceed surpass outpace outperform peak skyrocket rocket spike leap rally advance edge_up tick_up inch_up
        go_up shoot_up bulk_up build_up step_up ramp_up scale_up pick_up speed_up intensify heighten broaden spread
        enlarge upgrade hit_record set_record break_record hit_high mushroom balloon harden tighten beef_up load_up
        reinforce bolster""",
    ),
    (
        "amount- turn",
        """burst deflate run_out_of_steam lose_steam lose_speed run_low dry cheapen undershoot sell_off tank nosedive
        slacken unwind bottom_out dwarf melt recede wear_off thin_out subside fall drop decline decrease cut shrink
        slump plunge sink tumble slide dip dive plummet crash slow lower reduce weaken contract halve lessen dwindle
        ebb fade wane diminish curb slash shed ease moderate narrow soften cool retreat erode shrivel skid slip
        crater sag scale_back scale_down cut_back dial_back pare go_down come_down edge_down tick_down roll_back
        miss_target fall_short fall_behind downgrade lag lose_ground dent sap drain thin wind_down taper loosen
        relax limit cap minimise minimize""",
    ),
    # contest: who gets the better of whom
    (
        "contest+ over",
        """see_off fend_off outshine outclass knock_out outsmart outmuscle overpower overwhelm stun beat defeat
        overtake outdo outplay thrash trounce rout crush edge_out dethrone unseat eclipse oust_rival outscore outbid
        outflank retake reclaim recapture reconquer liberate repel repulse conquer""",
    ),
    (
        "contest+",
        """win_back claw_back catch_up close_gap close_the_gap flip_seat hold_lead extend_lead lift_trophy reach_final
        go_top take_lead get_away_with shrug_off ride_out weather overcome withstand defy_odds win triumph prevail
        lead clinch secure earn qualify advance_to top_poll regain_control take_control score land crown dominate
        retain defend_title hold_on victorious succeed pull_ahead take_title break_through make_gains make_advances
        gain_ground take_over sweep top_table storm_to cruise bounce_back""",
    ),
    (
        "contest-",
        """lose_ground get_beaten go_down_to fall_to bow_to lose_lead blow_lead slump_to crumble succumb miss_out
        drop_points lose trail concede_defeat crash_out exit_cup drop_out bow_out fall_behind stumble falter flop
        underperform relegate eliminate squander forfeit struggle suffer_defeat slip_up concede""",
    ),
    # office: keeping or losing power
    (
        "office+ keep",
        """stay_as_leader stay_at_the_head see_out serve_full_term lead_until run_for stand_for keep_job keep_post
        back_leader cling_on_to_power win_vote_of_confidence survive_vote survive_no-confidence_vote
        survive_no-confidence survive_confidence_vote survive_challenge survive_revolt head_government
        remain_in_power stay_in_power hold_power keep_power stay_on keep_control hold_control survive rule govern
        reign re-elect reelect reappoint reinstate restore swear_in inaugurate assume_power take_office take_power
        assume_office consolidate cling_to_power cling_on entrench run_again seek_re-election seek_reelection
        succeed_as replace_rival appoint name nominate promote elect install anoint recognise_as recognize_as
        serve_out stand_again""",
    ),
    (
        "office-",
        """lose_job lose_his_job lose_her_job lose_post lose_rank be_replaced call_election_early lose_confidence
        quit_as stripped_of_rank court-martial fall_from_grace resign quit step_down stand_down_as oust topple
        overthrow depose unseat sack dismiss fire_minister impeach abdicate retire remove_from_office
        remove_from_power force_out push_out vote_out bring_down step_aside depart fall_from_power no_confidence
        flee go_into_exile defect recall_vote demote dump_leader abandon_ship suspend_from challenge_leader revolt
        rebel mutiny""",
    ),
    # being: whether a thing comes into being, lasts or ends
    (
        "being+ keep",
        """outlast hold_good stay_put stay_the_course not_go_away publish send bring happen_again follow_suit go_public
        list float enter invest pour_into commit_to pay take_part play_part contribute participate join_force host
        compete reappear recur come_true pan_out pay_off bear_fruit work_out get_approval start begin launch open
        continue go_on persist last remain stay keep hold sustain maintain preserve endure resume restart reopen
        renew extend prolong revive establish create found build construct introduce initiate commence
        inaugurate_plant set_up roll_out bring_in bring_back move_ahead move_forward move_into press_ahead press_on
        push_ahead go_ahead proceed carry_out carry_on implement enact adopt conduct perform stage hold_talks
        hold_vote unveil release_plan announce declare proclaim produce deliver develop install deploy_force
        activate complete finish_building conclude_deal achieve accomplish fulfil fulfill reach attain meet_goal
        make_progress take_effect come_into_force come_into_effect enter_into_force kick_off kick_in get_under_way
        get_underway operate run linger drag_on uphold honour honor keep_alive keep_up prop_up save rescue protect
        safeguard ensure guarantee secure_funding commit recommit stick_to stand_firm cling_to take_place happen
        occur materialise materialize emerge appear arrive land_in return come_back set_foot break_ground switch_on
        power_up plug_in lift_off blast_off orbit finalise finalize sign ratify conclude""",
    ),
    (
        "being- turn",
        """fizzle fizzle_out run_out_of be_over wind_up pull_back_from back_away walk_back soften_rules shelve_plan
        snuff_out stamp_out call_time die_down blow_over come_to_nothing go_nowhere fall_flat burst_bubble
        end_up_without stay_out stay_out_of sit_out boycott opt_out_of pass_up hold_back_from withhold end stop halt
        cease close shut shut_down close_down scrap cancel suspend abandon axe drop_plan ditch dump discontinue
        terminate abolish dissolve disband dismantle scuttle break_up break_down collapse fail unravel fall_apart
        fall_through expire lapse die_out run_out lift remove repeal revoke rescind withdraw pull_out pull_back
        pull_plug back_out back_down back_off opt_out walk_out walk_away exit leave give_up call_off phase_out
        wipe_out eradicate eliminate undo reverse overturn void annul nullify cut_off cut_short break violate breach
        flout renege backtrack derail disrupt paralyse paralyze cripple thwart foil avert prevent prohibit freeze
        stall deadlock ground shelve mothball refuse_to abort interrupt deprive strip forgo forego avoid skip miss
        lack evade escape neglect ignore vanish disappear peter_out dry_up lose_status lose_title lose_control
        lose_seat lose_power lose_crown lose_support tear_up rip_up pull_down default defund""",
    ),
    # assent: yes or no of whoever may say it
    (
        "assent+ keep",
        """let lift_ban lift_curbs unblock side_with_plaintiff open_door give_way uphold reinstate unfreeze approve
        pass permit allow authorise authorize legalise legalize accept adopt_law clear green-light greenlight grant
        license licence okay ok certify confirm ratify_treaty sign_into_law vote_for vote_to uphold_law validate
        consent welcome_plan give_nod give_go-ahead give_green_light admit recognise recognize acknowledge affirm
        concur sanctify whitelist exempt waive subsidise subsidize fast-track""",
    ),
    (
        "assent- turn",
        """tax regulate restrain overrule throw_cold_water clamp_down_on rein_in crack_down_on halt_project put_brakes
        put_the_brakes bar_from seize_assets sue_to_stop reject refuse block ban bar veto deny_permit outlaw forbid
        disallow strike_down vote_down vote_against turn_down throw_out dismiss_case disqualify invalidate quash
        oppose_plan decline_to rule_out rule_against shoot_down filibuster stymie obstruct impede hinder hamper
        restrict curtail object contest resist_calls doubt question_plan rebut refute deny dismiss dispute_claim
        repudiate disavow pooh-pooh scoff nix kill_bill""",
    ),
    # welfare: better or worse for those it happens to
    (
        "welfare+",
        """defuse_crisis turn_around get_better pick_up recuperate regain bloom recover improve rebound heal cure
        thrive flourish prosper benefit stabilise stabilize rescue_economy revive strengthen_economy reform repair
        fix solve resolve settle rebuild reconstruct modernise modernize succeed boom shine celebrate delight please
        enjoy reward progress breakthrough shelter feed vaccinate innovate turn_a_corner turn_corner optimistic
        cheer rejoice relieve alleviate reassure_markets""",
    ),
    (
        "welfare-",
        """go_wrong get_worse spiral black_out go_bust go_under run_dry bite mass_unemployment lay_off worsen
        deteriorate suffer struggle fail_to_pay harm damage hurt hit ruin wreck devastate endanger imperil
        jeopardise jeopardize risk collapse_economy bankrupt crash_land die perish starve infect sicken contaminate
        pollute flood burn_down derail_train plague haunt grapple reel languish stagnate disappoint dash_hopes fear
        worry panic despair complain lament mourn grieve doubt_future cast_doubt cloud overshadow threaten_future
        put_to_test test_ties burden squeeze batter hobble falter backfire misfire spoil mar tarnish botch bungle
        mishandle""",
    ),
    # pace: ahead or behind of the time set
    (
        "pace+",
        """hasten expedite quicken fast-forward speed bring_forward near approach draw_near inch_closer move_closer
        edge_closer get_closer come_closer prepare get_ready gear_up ready head_for be_poised race_to rush
        finish_early beat_deadline meet_deadline""",
    ),
    (
        "pace- turn",
        """delay postpone defer slow_down put_off put_on_hold set_back drag_feet drag_its_feet miss_deadline
        overrun_schedule slip_behind hold_up hold_off wait adjourn reschedule bog_down get_stuck lose_momentum
        run_late push_to stumble_over hesitate dither sit_on""",
    ),
    # liberty: free or held
    (
        "liberty+ turn",
        """free release acquit pardon exonerate clear_of discharge parole bail liberate_hostages amnesty drop_charges
        overturn_conviction let_go walk_free unban""",
    ),
    (
        "liberty-",
        """put_on_trial stand_trial spend_in_jail stay_in_jail bar_from_entry hold_in_custody arrest detain jail
        imprison convict sentence charge indict prosecute extradite deport hold_hostage find_guilty plead_guilty
        lock_up execute raid_home investigate probe try_for deny_bail censor silence persecute suppress repress gag
        muzzle crack_down_on""",
    ),
)  # fmt: skip

# Past forms that no rule gives.
IRREGULAR: dict[str, list[str]] = {
    pair.partition("=")[0]: pair.partition("=")[2].split(",")
    for pair in str.split(
        """rise=rose,risen grow=grew,grown fall=fell,fallen cut=cut shrink=shrank,shrunk sink=sank,sunk slide=slid
        lead=led win=won lose=lost beat=beat,beaten overtake=overtook,overtaken retake=retook,retaken
        outdo=outdid,outdone strike=struck shoot=shot fight=fought blow=blew,blown break=broke,broken
        begin=began,begun keep=kept hold=held withdraw=withdrew,withdrawn give=gave,given take=took,taken make=made
        go=went,gone come=came leave=left shut=shut build=built rebuild=rebuilt spread=spread set=set hit=hit
        meet=met sue=sued quit=quit stand=stood bring=brought run=ran see=saw,seen throw=threw,thrown tear=tore,torn
        rip=ripped forbid=forbade,forbidden undo=undid,undone wind=wound send=sent overthrow=overthrew,overthrown
        arise=arose,arisen seek=sought hurt=hurt speed=sped feed=fed flee=fled draw=drew,drawn get=got,gotten
        put=put shed=shed lay=laid find=found drag=dragged spur=spurred fly=flew,flown bet=bet swear=swore,sworn
        split=split burn=burnt let=let stick=stuck overrun=overran say=said become=became sit=sat shake=shook,shaken
        dive=dove unban=unbanned wage=waged die=died spy=spied dry=dried forgo=forwent outbid=outbid uphold=upheld
        cling=clung strive=strove steal=stole,stolen bear=bore,borne lag=lagged"""
    )
}
# Verbs of more than one syllable that double their last letter, and of one or two that do not.
DOUBLING = frozenset(str.split("permit commit recommit submit admit defer quit refer occur rebut compel repel expel"))
NOT_DOUBLING = frozenset(
    str.split("fix tax box target open enter deter lower offer visit edit limit profit benefit exit")
)

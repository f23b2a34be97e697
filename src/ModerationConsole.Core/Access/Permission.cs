namespace ModerationConsole.Core.Access;

/// <summary>Every right that a command, query, page, endpoint, hub or media route may ask for. Roles are sets of these (see People).</summary>
public enum Permission
{
    /// <summary>Use the console at all: own desk, own settings, own account.</summary>
    UseConsole,

    /// <summary>Keep one's own shift: own meters, breaks, opt-outs and check-ins. Nobody else's.</summary>
    KeepOwnShift,

    /// <summary>Set shift hours and limits of exposure of teams and people; it tells nothing of how much anyone has had.</summary>
    PlanShifts,

    /// <summary>See weekly group figures on the wellbeing of the teams one leads.</summary>
    ViewTeamWellbeing,

    /// <summary>Be offered tasks and decide them.</summary>
    ReviewCases,

    /// <summary>Open any case of ordinary or severe sensitivity, and search cases.</summary>
    ViewCases,

    /// <summary>See and work child-safety items. Never part of a role.</summary>
    ChildSafety,

    /// <summary>Look at media above its blurred still on a case that is not being worked on, with a reason each time.</summary>
    RevealMedia,

    /// <summary>See queues, how many wait and who works.</summary>
    ViewQueues,

    /// <summary>Create and change queues, who may work them, and routing.</summary>
    ManageQueues,

    /// <summary>Take tasks from one person and give them back to the queue.</summary>
    ReassignTasks,

    /// <summary>Decide, move or close many cases at once.</summary>
    ActInBulk,

    /// <summary>Say yes or no to what others ask to do to more cases than one person may act on alone.</summary>
    ApproveBulk,

    /// <summary>Work tasks of expert and emergency queues.</summary>
    RuleOnEscalations,

    /// <summary>See every escalation; whoever asked a question sees that one without it.</summary>
    ViewEscalations,

    /// <summary>Read policies.</summary>
    ViewPolicies,

    /// <summary>Write policies.</summary>
    EditPolicies,

    /// <summary>Run quality: plans, figures, golden cases, calibration, coaching.</summary>
    RunQuality,

    /// <summary>Re-review quality samples.</summary>
    ReviewQuality,

    /// <summary>Decide as a third person where decision and re-review of a sample disagree, and say what was wrong.</summary>
    AdjudicateQuality,

    /// <summary>Be offered appeals and complaints about decisions, and answer them.</summary>
    HearAppeals,

    /// <summary>See appeals, their answers and their figures.</summary>
    ViewAppeals,

    /// <summary>See legal notices and orders, their clocks and their answers.</summary>
    ViewNotices,

    /// <summary>Enter legal notices and orders, and be told of clocks that run out.</summary>
    EnterNotices,

    /// <summary>Take the effect from the reports of an account that reports to harm, and give it back.</summary>
    MuteReporters,

    /// <summary>Change rules, banks, feeds, playbooks.</summary>
    EditRules,

    /// <summary>See insights and metrics.</summary>
    ViewInsights,

    /// <summary>Read and verify the audit.</summary>
    ViewAudit,

    /// <summary>See alarms about how people use the console, and close those about others.</summary>
    HandleAlarms,

    /// <summary>Begin reviews of who may do what, and answer them for everyone else.</summary>
    ReviewAccess,

    /// <summary>Take another role for a while where nobody who has it is there; every auditor is told.</summary>
    BreakGlass,

    /// <summary>Add people, change their roles, teams and permissions.</summary>
    ManagePeople,

    /// <summary>Create and revoke API keys.</summary>
    ManageKeys,

    /// <summary>Define item types.</summary>
    ManageItemTypes,

    /// <summary>Define actions and their webhooks.</summary>
    ManageActions,

    /// <summary>Set how long records are kept, hold them, and erase what is held of an account.</summary>
    ManageRetention,

    /// <summary>See deliveries to the platform.</summary>
    ViewDeliveries,

    /// <summary>Send a failed delivery again.</summary>
    ReplayDeliveries,

    /// <summary>Send items (programs).</summary>
    SubmitItems,

    /// <summary>Send reports and appeals (programs).</summary>
    SubmitReports,

    /// <summary>Ask for actions on items (programs).</summary>
    SubmitActions,

    /// <summary>Read policies by HTTP (programs).</summary>
    ReadPolicies,

    /// <summary>Read cases and decisions by HTTP and hub (programs).</summary>
    ReadCases,
}

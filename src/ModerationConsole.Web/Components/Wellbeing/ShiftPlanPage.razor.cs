using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Wellbeing;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Wellbeing;

/// <summary>Shift hours and limits of one team or person.</summary>
public sealed partial class ShiftPlanPage
{
    private FormState<Form>? _form;
    private ShiftPlanRow? _row;
    private bool _missing;

    /// <summary>The team or person.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    public required ListShiftPlans ListShiftPlans { get; init; }

    [Inject]
    public required SaveShiftPlan SaveShiftPlan { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<ShiftPlanPage> Log { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _row = (await ListShiftPlans.RunAsync(await Current.GetAsync(), CancellationToken.None)).FirstOrDefault(row => row.SubjectId == Id);
        _missing = _row is null;
        _form = _row is null ? null : new FormState<Form>(Form.Of(_row.Plan ?? new ShiftPlanDraft(Id)), Log);
    }

    private async Task SaveAsync()
    {
        FormState<Form> form = _form!;
        if (await form.SaveAsync(async () => Refuse(form.Problems, await SaveShiftPlan.RunAsync(await Current.GetAsync(), form.Model.Draft(Id, _row?.Plan?.Version), CancellationToken.None))))
        {
            Status.Say(SharedText.SavedThing.With(_row!.Name));
            Navigation.NavigateTo("admin/shifts");
        }
    }

    private static void Refuse(Problems problems, SaveShiftPlanOutcome outcome)
    {
        (string field, string? message) = outcome switch
        {
            SaveShiftPlanOutcome.Saved => ("", null),
            SaveShiftPlanOutcome.LimitInvalid => ("plan-shift", WellbeingText.PlanLimitInvalid),
            SaveShiftPlanOutcome.HoursInvalid => ("plan-from", WellbeingText.PlanHoursInvalid),
            SaveShiftPlanOutcome.UnknownTimeZone => ("plan-zone", WellbeingText.PlanZoneUnknown),
            SaveShiftPlanOutcome.UnknownSubject => ("", WellbeingText.PlanMissing),
            SaveShiftPlanOutcome.Changed => ("", SharedText.ChangedMeanwhile),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };
        problems.Unless(message is null, field, message ?? "");
    }

    /// <summary>The plan while it is changed.</summary>
    public sealed class Form
    {
        public int? SeverePerShift { get; set; }

        public int? SeverePerDay { get; set; }

        public int? SevereAtAStretch { get; set; }

        public TimeOnly? From { get; set; }

        public TimeOnly? To { get; set; }

        public SortedSet<string> Days { get; init; } = [];

        public string TimeZone { get; set; } = "";

        internal static Form Of(ShiftPlanDraft plan) => new()
        {
            SeverePerShift = plan.SeverePerShift,
            SeverePerDay = plan.SeverePerDay,
            SevereAtAStretch = plan.SevereAtAStretch,
            From = plan.From,
            To = plan.To,
            Days = [.. ShiftWords.Days.Select(day => day.Key).Where(day => plan.Days.HasFlag(Enum.Parse<ShiftDays>(day)))],
            TimeZone = plan.TimeZone,
        };

        internal ShiftPlanDraft Draft(Guid id, long? version) => new(
            id, SeverePerShift, SeverePerDay, SevereAtAStretch, From, To,
            Days.Aggregate(ShiftDays.None, (days, day) => days | Enum.Parse<ShiftDays>(day)), TimeZone, version);
    }
}

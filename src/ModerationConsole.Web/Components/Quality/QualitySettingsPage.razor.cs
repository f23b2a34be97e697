using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Quality;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>How quality is measured here: golden cases, the accuracy that is aimed at, what errors weigh.</summary>
public sealed partial class QualitySettingsPage
{
    private FormState<QualitySettingsForm>? _form;
    private QualityRules? _rules;

    [Inject]
    public required ReadQualitySettings ReadSettings { get; init; }

    [Inject]
    public required SaveQualitySettings SaveSettings { get; init; }

    [Inject]
    public required SaveQualityWeight SaveWeight { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<QualitySettingsPage> Log { get; init; }

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        _rules = await ReadSettings.RunAsync(await Current.GetAsync(), CancellationToken.None);
        _form = new FormState<QualitySettingsForm>(QualitySettingsForm.Of(_rules), Log);
    }

    private async Task SaveAsync()
    {
        FormState<QualitySettingsForm> form = _form!;
        if (await form.SaveAsync(() => StoreAsync(form)))
        {
            Status.Say(SharedText.Saved);
            await ReadAsync();
        }
    }

    private async Task StoreAsync(FormState<QualitySettingsForm> form)
    {
        Caller caller = await Current.GetAsync();
        QualitySettingsForm model = form.Model;
        // Each is stored by itself; what is wrong with one keeps none of the others from it.
        if (PlanForm.Percent(_rules!.GoldenRate) != model.GoldenPercent || PlanForm.Percent(_rules.TargetAccuracy) != model.TargetPercent)
        {
            SaveQualitySettingsOutcome outcome = await SaveSettings.RunAsync(
                caller, PlanForm.Share(model.GoldenPercent), PlanForm.Share(model.TargetPercent), _rules.Version, CancellationToken.None);
            if (Problem(outcome) is var (field, message))
            {
                form.Problems.Add(field, message);
            }
        }

        foreach ((PolicyWeight before, QualitySettingsForm.PolicyLine line) in _rules.Weights.Zip(model.Weights).Where(pair => pair.First.Own != pair.Second.Own))
        {
            SaveQualityWeightOutcome outcome = await SaveWeight.RunAsync(caller, line.PolicyId, line.Own, before.Version, CancellationToken.None);
            if (Problem(outcome) is { } message)
            {
                form.Problems.Add("quality-weights", $"{line.Name}: {message}");
            }
        }

        if (form.Problems.Any)
        {
            // What was stored is not stored again with the rest.
            _rules = await ReadSettings.RunAsync(caller, CancellationToken.None);
        }
    }

    private static (string Field, string Message)? Problem(SaveQualitySettingsOutcome outcome) => outcome switch
    {
        SaveQualitySettingsOutcome.Saved => null,
        SaveQualitySettingsOutcome.GoldenRateInvalid => ("quality-golden", PlansText.GoldenRateInvalid),
        SaveQualitySettingsOutcome.TargetInvalid => ("quality-target", PlansText.TargetInvalid),
        SaveQualitySettingsOutcome.Changed => ("", SharedText.ChangedMeanwhile),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    private static string? Problem(SaveQualityWeightOutcome outcome) => outcome switch
    {
        SaveQualityWeightOutcome.Saved => null,
        SaveQualityWeightOutcome.WeightInvalid => PlansText.WeightInvalid,
        SaveQualityWeightOutcome.UnknownPolicy => PlansText.ReferenceUnknown,
        SaveQualityWeightOutcome.Changed => SharedText.ChangedMeanwhile,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}

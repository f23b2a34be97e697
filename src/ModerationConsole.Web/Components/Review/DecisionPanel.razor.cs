using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Appeals;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Review;

/// <summary>What the person decides. Its controls stand in the same place on every case. One component: each costs memory for as long as the page is open.</summary>
public sealed partial class DecisionPanel
{
    [Inject]
    public required IOptions<EnforcementOptions> Enforcement { get; init; }

    /// <summary>The person's keys.</summary>
    [Parameter]
    public DeskPreferences Preferences { get; set; } = DeskPreferences.Default;

    /// <summary>The case.</summary>
    [Parameter, EditorRequired]
    public required DeskCase About { get; set; }

    /// <summary>What was chosen and written so far.</summary>
    [Parameter, EditorRequired]
    public required DecisionForm Form { get; set; }

    /// <summary>What is appealed against, where the task is an appeal.</summary>
    [Parameter]
    public AppealOnDesk? Appeal { get; set; }

    /// <summary>What stands above Submit.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>A command is under way.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Why the form was not accepted.</summary>
    [Parameter]
    public string Hint { get; set; } = "";

    /// <summary>On phones: whether the sheet is open.</summary>
    [Parameter]
    public bool SheetOpen { get; set; } = true;

    [Parameter]
    public EventCallback OnSheet { get; set; }

    [Parameter]
    public EventCallback<Verdict> OnVerdict { get; set; }

    [Parameter]
    public EventCallback<DeskPolicy> OnPolicy { get; set; }

    /// <summary>The person changes the form.</summary>
    [Parameter]
    public EventCallback<Action<DecisionForm>> OnEdit { get; set; }

    [Parameter]
    public EventCallback OnSubmit { get; set; }

    [Parameter]
    public EventCallback OnSkip { get; set; }

    [Parameter]
    public EventCallback OnStop { get; set; }

    /// <summary>The person wants something that asks first.</summary>
    [Parameter]
    public EventCallback<DeskQuestion> OnAsk { get; set; }

    private string Summary => string.Join(" · ", new[]
    {
        Form.Stands ? DeskText.LetStand : Form.ChosenVerdict is { } verdict ? CaseWords.Name(verdict) : null,
        Form.ChosenPolicy?.Name,
    }.OfType<string>());

    // What only the team sees is, on a question to an expert, what its asker reads.
    private bool IsRuling => About.Kind == Core.Queues.TaskKind.Expert;

    private DeskKeys Keys => Preferences.Map;

    private string Pressed(Verdict verdict) => Form.ChosenVerdict == verdict ? "true" : "false";

    private Task UseTemplateAsync(ChangeEventArgs change) =>
        change.Value is string { Length: > 0 } template ? OnEdit.InvokeAsync(form => form.UseTemplate(template)) : Task.CompletedTask;
}

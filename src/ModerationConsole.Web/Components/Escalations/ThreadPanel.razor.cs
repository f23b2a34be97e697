using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Escalations;

/// <summary>The thread of an escalation, a place to write, and for experts a way to ask another for an opinion.</summary>
public sealed partial class ThreadPanel
{
    private IReadOnlyList<PersonName> _experts = [];
    private string _text = "";
    private string _shown = "";
    private string _whom = "";
    private string? _problem;
    private int _drawn;
    private bool _busy;
    private bool _consulting;

    /// <summary>The escalation.</summary>
    [Parameter, EditorRequired]
    public required EscalationView View { get; set; }

    /// <summary>Something was written or asked.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    public required WriteToEscalation WriteToEscalation { get; init; }

    [Inject]
    public required ConsultExpert ConsultExpert { get; init; }

    [Inject]
    public required ListAddressees ListAddressees { get; init; }

    [Inject]
    public required ICurrentCaller Callers { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    private void Typed(string? text) => _text = text ?? "";

    private async Task BeginConsultAsync()
    {
        _consulting = true;
        if (_experts.Count == 0)
        {
            _experts = (await ListAddressees.RunAsync(await Callers.GetAsync(), CancellationToken.None)).People;
        }
    }

    private Task SendAsync() => RunAsync(async () =>
    {
        _problem = EscalationWords.Refusal(await WriteToEscalation.RunAsync(await Callers.GetAsync(), View.Number, _text, CancellationToken.None));
        if (_problem is null)
        {
            _text = _shown = "";
            // Another element: what the page holds of the old one must not come back.
            _drawn++;
            Status.Say(EscalationsText.Sent);
        }
    });

    private Task ConsultAsync() => RunAsync(async () =>
    {
        if (!Guid.TryParse(_whom, out Guid person))
        {
            _problem = EscalationsText.ConsultMissing;
            return;
        }

        _problem = EscalationWords.Refusal(await ConsultExpert.RunAsync(await Callers.GetAsync(), View.Number, person, CancellationToken.None));
        if (_problem is null)
        {
            _whom = "";
            Status.Say(EscalationsText.ConsultSent);
        }
    });

    private async Task RunAsync(Func<Task> act)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            await act();
        }
        finally
        {
            _busy = false;
        }

        await OnChanged.InvokeAsync();
    }
}

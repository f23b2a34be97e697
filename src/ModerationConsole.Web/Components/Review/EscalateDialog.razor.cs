using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Review;

/// <summary>A question to an expert as it is asked on the desk.</summary>
/// <param name="Text">The question.</param>
/// <param name="To">To whom it is put.</param>
/// <param name="Urgent">Whether it goes before others.</param>
public sealed record QuestionDraft(string Text, EscalationAddress To, bool Urgent);

/// <summary>Asks for a question to an expert.</summary>
public sealed partial class EscalateDialog
{
    private const string Area = "area:";
    private const string Person = "person:";

    private Addressees? _addressees;
    private string _text = "";
    private string _to = "";
    private bool _urgent;
    private bool _missing;

    /// <summary>Reads to whom a question can be put.</summary>
    [Parameter, EditorRequired]
    public required Func<Task<Addressees>> Read { get; set; }

    [Parameter]
    public EventCallback<QuestionDraft> OnSend { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    private EscalationAddress To => _to.StartsWith(Area, StringComparison.Ordinal)
        ? new EscalationAddress(AreaId: _to[Area.Length..])
        : _to.StartsWith(Person, StringComparison.Ordinal) && Guid.TryParse(_to[Person.Length..], out Guid person)
            ? new EscalationAddress(PersonId: person)
            : new EscalationAddress();

    private string Help
    {
        get
        {
            int minutes = (int)(_urgent ? EscalationAddressees.UrgentWaitsFor : EscalationAddressees.WaitsFor).TotalMinutes;
            return To switch
            {
                { PersonId: not null } => DeskText.AskToPersonHelp.With(minutes),
                { AreaId: { } id } => _addressees?.Areas.FirstOrDefault(area => area.Id == id) is { People: > 0 } ? DeskText.AskToAreaHelp.With(minutes) : DeskText.AskToAreaNobody,
                _ => DeskText.AskToHelp,
            };
        }
    }

    protected override async Task OnInitializedAsync() => _addressees = await Read();

    private async Task SendAsync()
    {
        _missing = string.IsNullOrWhiteSpace(_text);
        if (!_missing)
        {
            await OnSend.InvokeAsync(new QuestionDraft(_text.Trim(), To, _urgent));
        }
    }
}

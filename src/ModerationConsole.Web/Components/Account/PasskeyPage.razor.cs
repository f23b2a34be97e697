using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Account;

/// <summary>Makes a passkey with which the person signs in from then on.</summary>
public sealed partial class PasskeyPage
{
    private string? _options;
    private string? _error;
    private bool _added;

    [SupplyParameterFromForm(FormName = "passkey")]
    public PasskeyForm.Form Passkey { get; set; } = null!;

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    [Inject]
    public required GetMySecurity Read { get; init; }

    [Inject]
    public required AddPasskey Add { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    internal PasskeyExchange Exchange { get; init; } = null!;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override async Task OnInitializedAsync()
    {
        Passkey ??= new PasskeyForm.Form();
        Session session = await Current.SessionAsync();
        if (await Read.RunAsync(session.ToCaller(), Context.RequestAborted) is not { Proved: true } security)
        {
            AskForProof();
            return;
        }

        if (!security.Password)
        {
            _error = AccountText.PasskeyElsewhere;
            return;
        }

        _options = await Exchange.BeginMakingAsync(Context, session.PersonId, security.Email, session.DisplayName);
    }

    private async Task AddAsync()
    {
        Caller caller = await Current.GetAsync();
        if (string.IsNullOrWhiteSpace(Passkey.Name) || await Exchange.MadeAsync(Context, caller.Id, Passkey.Answer) is not { } made)
        {
            _error = AccountText.PasskeyFailed;
            return;
        }

        switch (await Add.RunAsync(caller, made, Passkey.Name, Context.RequestAborted))
        {
            case FactorResult.Done:
                _added = true;
                break;
            case FactorResult.ProveFirst:
                AskForProof();
                break;
            default:
                _error = AccountText.PasskeyRefused;
                break;
        }
    }

    private void AskForProof() => Navigation.NavigateTo(ProveFirst.AddressFor("/account/passkey"));
}

using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Layout;

/// <summary>Asks the person at the page to prove who they are, where a command wants it.</summary>
public sealed partial class ProofDialog : IDisposable
{
    private MySecurity? _security;
    private string? _password;
    private string? _code;
    private string? _error;
    private bool _trying;

    [Inject]
    public required ProofAsk Ask { get; init; }

    [Inject]
    public required GetMySecurity Read { get; init; }

    [Inject]
    public required ProveMyself Prove { get; init; }

    [Inject]
    internal SignInLimits Limits { get; init; } = null!;

    [Inject]
    public required ICurrentCaller Current { get; init; }

    public void Dispose()
    {
        Ask.Changed -= OnChanged;
        if (Ask.Asked)
        {
            Ask.Answer(false);
        }
    }

    protected override void OnInitialized() => Ask.Changed += OnChanged;

    private void OnChanged() => _ = InvokeAsync(async () =>
    {
        (_password, _code, _error) = (null, null, null);
        if (Ask.Asked)
        {
            _security = await Read.RunAsync(await Current.GetAsync(), CancellationToken.None);
        }

        StateHasChanged();
    });

    // By a passkey, in another tab.
    private async Task GoOnIfProvedAsync(Caller caller)
    {
        _security = await Read.RunAsync(caller, CancellationToken.None);
        if (_security is { Proved: true })
        {
            Ask.Answer(true);
        }
        else
        {
            _error = ProofText.Empty;
        }
    }

    private async Task TryAsync()
    {
        if (_trying)
        {
            return;
        }

        _trying = true;
        try
        {
            Caller caller = await Current.GetAsync();
            if (string.IsNullOrWhiteSpace(_code) && string.IsNullOrEmpty(_password))
            {
                await GoOnIfProvedAsync(caller);
                return;
            }

            if (!Limits.Allow(caller.Id.ToString()))
            {
                _error = ProofText.TooManyTries;
                return;
            }

            ProveResult result = string.IsNullOrWhiteSpace(_code)
                ? await Prove.ByPasswordAsync(caller, _password!, CancellationToken.None)
                : await Prove.ByCodeAsync(caller, _code, CancellationToken.None);
            switch (result)
            {
                case ProveResult.Proved:
                    Ask.Answer(true);
                    break;
                case ProveResult.LockedOut:
                    _error = ProofText.Locked;
                    break;
                default:
                    _error = ProofText.Wrong;
                    break;
            }
        }
        finally
        {
            _trying = false;
        }
    }
}

using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.Second;

/// <summary>What became of a role that was asked for.</summary>
public enum RoleRequestState
{
    /// <summary>Nobody has answered yet.</summary>
    Waiting,

    /// <summary>A second administrator agreed, and it was given.</summary>
    Given,

    /// <summary>It was not given; whoever asked may have taken it back.</summary>
    Refused,
}

/// <summary>A role that one administrator wants somebody to have and that another must agree to.</summary>
public sealed class RoleRequest : IVersioned
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Who is to have it.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The role.</summary>
    public Guid RoleId { get; init; }

    /// <summary>Who asked.</summary>
    public Guid AskedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>What became of it.</summary>
    public RoleRequestState State { get; set; }

    /// <summary>Who answered.</summary>
    public Guid? AnsweredBy { get; set; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}

internal sealed class RoleRequestConfiguration : IEntityTypeConfiguration<RoleRequest>
{
    public void Configure(EntityTypeBuilder<RoleRequest> builder)
    {
        builder.ToTable("role_request");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => new { row.State, row.AskedAt });
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.AskedBy);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.AnsweredBy);
        builder.HasOne<IdentityRole<Guid>>().WithMany().HasForeignKey(row => row.RoleId);
    }
}

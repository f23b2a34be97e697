using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Escalations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_escalation_ExpertTask",
                table: "escalation");

            migrationBuilder.AddColumn<string>(
                name: "AreaId",
                table: "escalation",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "AreaUntil",
                table: "escalation",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "AskedOf",
                table: "escalation",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "DecisionId",
                table: "escalation",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "RuledAt",
                table: "escalation",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "RuledBy",
                table: "escalation",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "area_expert",
                columns: table => new
                {
                    AreaId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_area_expert", x => new { x.AreaId, x.PersonId });
                    table.ForeignKey(
                        name: "FK_area_expert_moderator_PersonId",
                        column: x => x.PersonId,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_area_expert_policy_AreaId",
                        column: x => x.AreaId,
                        principalTable: "policy",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "escalation_consult",
                columns: table => new
                {
                    EscalationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AskedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    AskedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_escalation_consult", x => new { x.EscalationId, x.PersonId });
                    table.ForeignKey(
                        name: "FK_escalation_consult_escalation_EscalationId",
                        column: x => x.EscalationId,
                        principalTable: "escalation",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_escalation_consult_moderator_AskedBy",
                        column: x => x.AskedBy,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_escalation_consult_moderator_PersonId",
                        column: x => x.PersonId,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "escalation_message",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    EscalationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 5000, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_escalation_message", x => x.Id);
                    table.ForeignKey(
                        name: "FK_escalation_message_escalation_EscalationId",
                        column: x => x.EscalationId,
                        principalTable: "escalation",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_escalation_message_moderator_PersonId",
                        column: x => x.PersonId,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "on_call_alert",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    EscalationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Body = table.Column<string>(type: "TEXT", maxLength: 5000, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    NotBefore = table.Column<DateTime>(type: "TEXT", nullable: false),
                    HeldUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    HeldBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    LastStatus = table.Column<int>(type: "INTEGER", nullable: true),
                    LastProblem = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_on_call_alert", x => x.Id);
                    table.ForeignKey(
                        name: "FK_on_call_alert_escalation_EscalationId",
                        column: x => x.EscalationId,
                        principalTable: "escalation",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "told_authority",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    EscalationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Authority = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    ToldAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ToldBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    Reference = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    RecordedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    RecordedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_told_authority", x => x.Id);
                    table.ForeignKey(
                        name: "FK_told_authority_escalation_EscalationId",
                        column: x => x.EscalationId,
                        principalTable: "escalation",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_told_authority_moderator_RecordedBy",
                        column: x => x.RecordedBy,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_told_authority_moderator_ToldBy",
                        column: x => x.ToldBy,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_escalation_AreaUntil",
                table: "escalation",
                column: "AreaUntil");

            migrationBuilder.CreateIndex(
                name: "IX_escalation_DecisionId",
                table: "escalation",
                column: "DecisionId");

            migrationBuilder.CreateIndex(
                name: "IX_escalation_ExpertTask",
                table: "escalation",
                column: "ExpertTask",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_escalation_Urgency_DecisionId",
                table: "escalation",
                columns: new[] { "Urgency", "DecisionId" });

            migrationBuilder.CreateIndex(
                name: "IX_area_expert_PersonId",
                table: "area_expert",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_escalation_consult_AskedBy",
                table: "escalation_consult",
                column: "AskedBy");

            migrationBuilder.CreateIndex(
                name: "IX_escalation_consult_PersonId",
                table: "escalation_consult",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_escalation_message_EscalationId_At",
                table: "escalation_message",
                columns: new[] { "EscalationId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_escalation_message_PersonId",
                table: "escalation_message",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_on_call_alert_EscalationId_Kind",
                table: "on_call_alert",
                columns: new[] { "EscalationId", "Kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_on_call_alert_State_NotBefore",
                table: "on_call_alert",
                columns: new[] { "State", "NotBefore" });

            migrationBuilder.CreateIndex(
                name: "IX_told_authority_EscalationId_ToldAt",
                table: "told_authority",
                columns: new[] { "EscalationId", "ToldAt" });

            migrationBuilder.CreateIndex(
                name: "IX_told_authority_RecordedBy",
                table: "told_authority",
                column: "RecordedBy");

            migrationBuilder.CreateIndex(
                name: "IX_told_authority_ToldBy",
                table: "told_authority",
                column: "ToldBy");

            // Questions that were answered before a ruling was kept with them.
            migrationBuilder.Sql(
                """
                UPDATE escalation SET
                    "DecisionId" = (SELECT d."Id" FROM decision d WHERE d."TaskNumber" = escalation."ExpertTask" AND d."ReversesId" IS NULL AND d."State" <> 'Undone' ORDER BY d."DecidedAt" LIMIT 1),
                    "RuledBy" = (SELECT d."DeciderId" FROM decision d WHERE d."TaskNumber" = escalation."ExpertTask" AND d."ReversesId" IS NULL AND d."State" <> 'Undone' ORDER BY d."DecidedAt" LIMIT 1),
                    "RuledAt" = (SELECT d."DecidedAt" FROM decision d WHERE d."TaskNumber" = escalation."ExpertTask" AND d."ReversesId" IS NULL AND d."State" <> 'Undone' ORDER BY d."DecidedAt" LIMIT 1)
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "area_expert");

            migrationBuilder.DropTable(
                name: "escalation_consult");

            migrationBuilder.DropTable(
                name: "escalation_message");

            migrationBuilder.DropTable(
                name: "on_call_alert");

            migrationBuilder.DropTable(
                name: "told_authority");

            migrationBuilder.DropIndex(
                name: "IX_escalation_AreaUntil",
                table: "escalation");

            migrationBuilder.DropIndex(
                name: "IX_escalation_DecisionId",
                table: "escalation");

            migrationBuilder.DropIndex(
                name: "IX_escalation_ExpertTask",
                table: "escalation");

            migrationBuilder.DropIndex(
                name: "IX_escalation_Urgency_DecisionId",
                table: "escalation");

            migrationBuilder.DropColumn(
                name: "AreaId",
                table: "escalation");

            migrationBuilder.DropColumn(
                name: "AreaUntil",
                table: "escalation");

            migrationBuilder.DropColumn(
                name: "AskedOf",
                table: "escalation");

            migrationBuilder.DropColumn(
                name: "DecisionId",
                table: "escalation");

            migrationBuilder.DropColumn(
                name: "RuledAt",
                table: "escalation");

            migrationBuilder.DropColumn(
                name: "RuledBy",
                table: "escalation");

            migrationBuilder.CreateIndex(
                name: "IX_escalation_ExpertTask",
                table: "escalation",
                column: "ExpertTask");
        }
    }
}

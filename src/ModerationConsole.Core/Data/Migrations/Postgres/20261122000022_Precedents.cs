using System;
using Microsoft.EntityFrameworkCore.Migrations;
using ModerationConsole.Core.Cases;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Precedents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "precedent",
                columns: table => new
                {
                    Number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    RulingNumber = table.Column<long>(type: "bigint", nullable: true),
                    DecisionId = table.Column<Guid>(type: "uuid", nullable: true),
                    CaseNumber = table.Column<long>(type: "bigint", nullable: true),
                    PolicyId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Verdict = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    Actions = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: false),
                    Grounds = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: false),
                    CurrentVersion = table.Column<int>(type: "integer", nullable: false),
                    PolicyVersion = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    WrittenBy = table.Column<Guid>(type: "uuid", nullable: false),
                    PublishedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    InForceSince = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    WithdrawnReason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    ChildSafety = table.Column<bool>(type: "boolean", nullable: false),
                    ChangedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_precedent", x => x.Number);
                    table.ForeignKey(
                        name: "FK_precedent_case_CaseNumber",
                        column: x => x.CaseNumber,
                        principalTable: "case",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_precedent_moderator_WrittenBy",
                        column: x => x.WrittenBy,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_precedent_policy_PolicyId",
                        column: x => x.PolicyId,
                        principalTable: "policy",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "precedent_tag",
                columns: table => new
                {
                    PrecedentNumber = table.Column<long>(type: "bigint", nullable: false),
                    Tag = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_precedent_tag", x => new { x.Tag, x.PrecedentNumber });
                    table.ForeignKey(
                        name: "FK_precedent_tag_precedent_PrecedentNumber",
                        column: x => x.PrecedentNumber,
                        principalTable: "precedent",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "precedent_text",
                columns: table => new
                {
                    PrecedentNumber = table.Column<long>(type: "bigint", nullable: false),
                    Words = table.Column<string>(type: "character varying(100000)", maxLength: 100000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_precedent_text", x => x.PrecedentNumber);
                    table.ForeignKey(
                        name: "FK_precedent_text_precedent_PrecedentNumber",
                        column: x => x.PrecedentNumber,
                        principalTable: "precedent",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "precedent_version",
                columns: table => new
                {
                    PrecedentNumber = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Facts = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: false),
                    Rule = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    Reasoning = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: false),
                    Examples = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: false),
                    Tags = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    PolicyVersion = table.Column<int>(type: "integer", nullable: false),
                    WrittenBy = table.Column<Guid>(type: "uuid", nullable: false),
                    WrittenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_precedent_version", x => new { x.PrecedentNumber, x.Number });
                    table.ForeignKey(
                        name: "FK_precedent_version_moderator_WrittenBy",
                        column: x => x.WrittenBy,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_precedent_version_precedent_PrecedentNumber",
                        column: x => x.PrecedentNumber,
                        principalTable: "precedent",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_precedent_CaseNumber",
                table: "precedent",
                column: "CaseNumber");

            migrationBuilder.CreateIndex(
                name: "IX_precedent_ChangedAt",
                table: "precedent",
                column: "ChangedAt");

            migrationBuilder.CreateIndex(
                name: "IX_precedent_PolicyId_State",
                table: "precedent",
                columns: new[] { "PolicyId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_precedent_RulingNumber",
                table: "precedent",
                column: "RulingNumber");

            migrationBuilder.CreateIndex(
                name: "IX_precedent_WrittenBy",
                table: "precedent",
                column: "WrittenBy");

            migrationBuilder.CreateIndex(
                name: "IX_precedent_tag_PrecedentNumber",
                table: "precedent_tag",
                column: "PrecedentNumber");

            migrationBuilder.CreateIndex(
                name: "IX_precedent_version_WrittenBy",
                table: "precedent_version",
                column: "WrittenBy");

            foreach (string statement in PostgresText.Create("precedent_text"))
            {
                migrationBuilder.Sql(statement);
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "precedent_tag");

            migrationBuilder.DropTable(
                name: "precedent_text");

            migrationBuilder.DropTable(
                name: "precedent_version");

            migrationBuilder.DropTable(
                name: "precedent");
        }
    }
}
